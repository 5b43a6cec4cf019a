import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import { pickVersion } from "../../lock/pick-version.js"
import { failure, success } from "../../result.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import { readPackageFiles } from "./package-files.js"

/** Takes a Node service's version from the lock and the file to run from its package.json. */
export function detectNode(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const { manifest, folder, lock, paths, texts, at } = request
  const files = readPackageFiles(folder, texts)
  if (!files.ok) return files
  const { main, scripts } = files.value.manifest
  const entrypoint = tidyPath(manifest.entrypoint ?? main ?? "dist/main.js")
  const isThere = paths.includes(posix.join(folder, entrypoint))
  if (!isThere && scripts["build"] === undefined) {
    const message = `there is no ${entrypoint} in ${folder}, and package.json has no build script that could make it.`
    return failure(at("entrypoint", message))
  }
  const version = pickVersion(Object.keys(lock.node), manifest.version) ?? manifest.version ?? "latest"
  return success({ version, entrypoint })
}
