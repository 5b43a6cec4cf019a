import { posix } from "node:path"
import { pathWithin, tidyPath } from "../../listing.js"
import { failure, success } from "../../result.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import { resolveFile, startOf } from "./entrypoint.js"
import { wantedInstaller } from "./installers.js"
import { isNextStandalone, nextServer } from "./next.js"
import { readProject, type Project } from "./project.js"
import { projectView } from "./project-view.js"
import { nodeVersion } from "./version.js"

/** Takes a Node service's version, package manager and the file to run from its package.json and lockfile. */
export function detectNode(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const { folder, texts, at } = request
  const project = readProject(folder, projectView(texts))
  if (!project.ok) return project
  const own = project.value.members.get(folder)?.manifest
  if (own === undefined) throw new Error(`${folder} is no member of its own project`)
  const { entrypoint, isThere } = findEntrypoint(request, project.value)
  if (!isThere && own.scripts["build"] === undefined) {
    const message = `there is no ${entrypoint} in ${folder}, and package.json has no build script that could make it.`
    return failure(at("entrypoint", message))
  }
  return success({
    version: nodeVersion(request, own),
    entrypoint,
    installer: wantedInstaller(project.value),
  })
}

function findEntrypoint(
  { manifest, folder, paths, texts }: DetectRequest,
  { root, members }: Project,
): { readonly entrypoint: string; readonly isThere: boolean } {
  const own = members.get(folder)?.manifest
  const isThere = (path: string) => paths.includes(posix.join(folder, path))
  const inner = folder === root ? "." : pathWithin(folder, root)
  const isNext = own !== undefined && isNextStandalone(folder, own, texts)
  const named = manifest.entrypoint ?? (isNext ? nextServer(inner) : undefined)
  if (named !== undefined) return { entrypoint: tidyPath(named), isThere: isThere(tidyPath(named)) }
  const start = own && startOf(own)?.file
  const usual = own?.scripts["build"] === undefined ? ["index.js", "server.js"].find(isThere) : undefined
  const entrypoint = resolveFile(start ?? usual ?? "dist/main.js", isThere)
  return { entrypoint, isThere: isThere(entrypoint) }
}
