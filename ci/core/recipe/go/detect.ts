import { posix } from "node:path"
import { byVersion, pickVersion } from "../../lock/pick-version.js"
import { isWithin, pathWithin } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { failure, problemsOf, success, type Result } from "../../result.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import type { GoLine } from "./go-mod.js"
import { mainPackage } from "./main-package.js"
import { openedFiles } from "./opened-files.js"
import { isStandard, reachOf, type FileImport, type GoReach } from "./packages.js"
import { missingSums } from "./sums.js"
import { usesWork, vendorFolder } from "./survey.js"
import { isInWork, readWorkspace, type GoModule, type GoWorkspace } from "./workspace.js"

/** Finds a Go service's version and main package, and holds its modules against what they say of each other. */
export function detectGo(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const { manifest, folder, texts, paths, at } = request
  const read = (file: string): string | undefined => texts.get(file)
  const workspace = readWorkspace(folder, read, usesWork(manifest))
  if (workspace === undefined) {
    return failure(
      at("language", `go needs a go.mod in ${folder} or above it, and there is none. Run go mod init there.`),
    )
  }
  const entrypoint = mainPackage(manifest, folder, paths)
  if (entrypoint === undefined) return failure(noMainPackage(request))
  const reach = reachOf(workspace, posix.join(folder, entrypoint), read, () => paths)
  const version = goVersion(request, workspace, reach.modules)
  const problems = [...problemsOf(version), ...moduleProblems(request, workspace, reach)]
  if (!version.ok || problems.length > 0) return failure(...problems)
  const sources = [...reach.files].filter((file) => file.endsWith(".go")).flatMap((file) => read(file) ?? [])
  const assets = openedFiles(sources, folder, paths)
  return success({ version: version.value, entrypoint, ...(assets.length === 0 ? {} : { assets }) })
}

function noMainPackage({ manifest, folder, paths, at }: DetectRequest): Problem {
  const found = paths
    .filter((path) => isWithin(path, folder) && posix.basename(path) === "main.go")
    .filter((path) => !/(^|\/)vendor\//.test(path))
    .flatMap((path) => (posix.dirname(path) === folder ? [] : [pathWithin(posix.dirname(path), folder)]))
  const fix =
    found.length === 0
      ? "Name the folder of the main package."
      : `Name one of the folders with a main.go: ${found.join(", ")}.`
  const message =
    manifest.entrypoint === undefined
      ? `no .go file is in ${folder}, nor in a folder of cmd that has the service's name or is the only one. ${fix}`
      : `"${manifest.entrypoint}" holds no .go file. ${fix}`
  return at("entrypoint", message)
}

/**
 * The manifest's version, else the toolchain line's where the lock has it, else the highest locked one that is at least
 * what all lines ask for: both lines name a minimum.
 */
function goVersion(
  { manifest, lock, at }: DetectRequest,
  { main, work }: GoWorkspace,
  reached: readonly GoModule[],
): Result<string> {
  const needed = [...(work ? [work] : []), ...reached].flatMap(({ file, mod }) => minimum(file, mod.go))
  const lowest = highestOf(needed)
  const locked = Object.keys(lock.go)
  if (manifest.version !== undefined) {
    const version = pickVersion(locked, manifest.version) ?? manifest.version
    if (lowest === undefined || byVersion(version, lowest.version) >= 0) return success(version)
    return failure(
      at("version", `${manifest.version} is too old: ${lowest.file} needs Go ${lowest.version}.`),
    )
  }
  const { file, mod } = work ?? main
  const wanted = highestOf([...needed, ...minimum(file, mod.toolchain)])
  if (mod.toolchain !== undefined && locked.includes(mod.toolchain.value)) return success(mod.toolchain.value)
  const fitting = locked.filter((each) => wanted === undefined || byVersion(each, wanted.version) >= 0)
  return success(pickVersion(fitting, undefined) ?? wanted?.version ?? "latest")
}

interface Minimum {
  readonly file: string
  readonly version: string
}

/** `go 1.26` and `go 1.26rc1` are satisfied by the first release, 1.26.0. */
function minimum(file: string, line: GoLine | undefined): readonly Minimum[] {
  const [, version, patch] = /^(\d+\.\d+)(\.\d+)?/.exec(line?.value ?? "") ?? []
  return version === undefined ? [] : [{ file, version: `${version}${patch ?? ".0"}` }]
}

function highestOf(minimums: readonly Minimum[]): Minimum | undefined {
  return [...minimums].sort((left, right) => byVersion(left.version, right.version)).at(-1)
}

function moduleProblems(request: DetectRequest, workspace: GoWorkspace, reach: GoReach): readonly Problem[] {
  const { main, work, broken } = workspace
  if (!isInWork(workspace)) {
    const message = `does not use ${main.folder}. Run go work use ${main.folder}, or set GOWORK: off in the service's args.`
    return [{ file: work?.file ?? main.file, message }]
  }
  const required = new Set(reach.modules.flatMap(({ mod }) => mod.requires.map(({ path }) => path)))
  const leading = broken.filter(({ path }) => path === undefined || required.has(path))
  if (leading.length > 0) return leading.map(({ problem }) => problem)
  const absent = reach.absent.map(({ file, line, path, folder }) => {
    const message = `imports ${path}, and there is no .go file in ${folder}. Correct the import, or commit the generated code.`
    return { file, line, message }
  })
  const read = (file: string): string | undefined => request.texts.get(file)
  if (read(posix.join(vendorFolder(workspace), "modules.txt")) !== undefined) return absent
  const listing = listsAll(main) && work === undefined ? [main] : reach.modules
  return [
    ...absent,
    ...(work === undefined && listsAll(main) ? unlisted(main, reach.modules) : []),
    ...unrequired(reach, listing),
    ...missingSums(workspace, reach.modules, read),
  ]
}

/** Since Go 1.17, go.mod names every module that the build needs, also those that only others import. */
function listsAll({ mod }: GoModule): boolean {
  return byVersion(mod.go?.value ?? "1.16", "1.17") >= 0
}

/** Modules of the repository that are imported, but not required. */
function unlisted(main: GoModule, reached: readonly GoModule[]): readonly Problem[] {
  const required = new Set([main.path, ...main.mod.requires.map(({ path }) => path)])
  return reached
    .filter(({ path }) => !required.has(path))
    .map(({ path }) => ({
      file: main.file,
      message: `does not require ${path}, which the code imports. Run go mod tidy in ${main.folder}.`,
    }))
}

/** Imports that no required module can provide: go.mod is behind the code. One of each module is enough. */
function unrequired({ outside }: GoReach, modules: readonly GoModule[]): readonly Problem[] {
  const paths = modules.flatMap(({ mod }) => mod.requires.map((require) => require.path))
  const isProvided = ({ path }: FileImport): boolean =>
    isStandard(path) || paths.some((each) => path === each || path.startsWith(`${each}/`))
  const missing = outside.filter((each) => !isProvided(each))
  const firsts = [...new Map([...missing].reverse().map((each) => [each.path, each])).values()].reverse()
  return firsts.map(({ file, line, path }) => ({
    file,
    line,
    message: `imports ${path}, which no module in go.mod provides. Run go mod tidy.`,
  }))
}
