import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import { pickVersion } from "../../lock/pick-version.js"
import { failure, problemsOf, success, type Result } from "../../result.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import { goVersionOf, isExactGo } from "./go-mod.js"

/** Finds a Go service's version in its go.mod and its main package in its folders. */
export function detectGo(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const version = goVersion(request)
  const entrypoint = mainPackage(request)
  if (version.ok && entrypoint.ok) return success({ version: version.value, entrypoint: entrypoint.value })
  return failure(...problemsOf(version), ...problemsOf(entrypoint))
}

function goVersion({ manifest, folder, lock, texts, at }: DetectRequest): Result<string> {
  const file = posix.join(folder, "go.mod")
  const goMod = texts.get(file)
  if (goMod === undefined) {
    return failure(at("language", `go needs ${file}, and there is none. Run go mod init in ${folder}.`))
  }
  if (manifest.version !== undefined) {
    return success(pickVersion(Object.keys(lock.go), manifest.version) ?? manifest.version)
  }
  const found = goVersionOf(goMod)
  if (found === undefined)
    return failure({ file, message: "no go line. Add one with an exact version, as go 1.26.0." })
  if (isExactGo(found.version)) return success(found.version)
  const message = `"${found.version}" names no exact release of Go. Add a line such as toolchain go${found.version}.0.`
  return failure({ file, line: found.line, message })
}

/** The named package, else cmd/<folder's or service's name>, else the only one in cmd, else the folder itself. */
function mainPackage({ manifest, folder, paths, at }: DetectRequest): Result<string> {
  const holdsGo = (inner: string): boolean =>
    paths.some((path) => posix.dirname(path) === posix.join(folder, inner) && path.endsWith(".go"))
  if (manifest.entrypoint !== undefined) {
    const named = tidyPath(manifest.entrypoint)
    if (holdsGo(named)) return success(named)
    return failure(
      at("entrypoint", `"${manifest.entrypoint}" holds no .go file. Name the folder of the main package.`),
    )
  }
  const commands = [manifest.name ?? posix.basename(folder), ...commandFolders(folder, paths)].map(
    (name) => `cmd/${name}`,
  )
  const [found] = [...commands, "."].filter(holdsGo)
  if (found !== undefined) return success(found)
  return failure(
    at("entrypoint", `no .go file is in ${folder} or its cmd folders. Name the folder of the main package.`),
  )
}

function commandFolders(folder: string, paths: readonly string[]): readonly string[] {
  const prefix = posix.join(folder, "cmd/")
  const names = paths
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length).split("/")[0] ?? "")
  const unique = [...new Set(names)]
  return unique.length === 1 ? unique : []
}
