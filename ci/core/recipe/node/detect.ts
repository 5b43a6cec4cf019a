import { posix } from "node:path"
import { pathWithin, tidyPath } from "../../listing.js"
import { failure, success } from "../../result.js"
import { didYouMean } from "../../suggest.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import { wantedInstaller } from "./installers.js"
import { isNextStandalone, nextServer } from "./next.js"
import { readProject, type Project } from "./project.js"
import type { PackageJson } from "./package-json.js"
import { projectView } from "./project-view.js"
import { isTypeScript, programOf, resolveFile, startOf } from "./start.js"
import { nodeVersion } from "./version.js"

/** Takes a Node service's version, package manager and the file to run from its package.json and lockfile. */
export function detectNode(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const { manifest, folder, texts, at } = request
  const project = readProject(folder, projectView(texts), manifest.build)
  if (!project.ok) return project
  const own = project.value.members.get(folder)?.manifest
  if (own === undefined) throw new Error(`${folder} is no member of its own project`)
  const absent = (manifest.build ?? []).filter((script) => own.scripts[script] === undefined)
  if (absent.length > 0)
    return failure(
      ...absent.map((script) =>
        at("build", `package.json has no script "${script}".${didYouMean(script, Object.keys(own.scripts))}`),
      ),
    )
  if (manifest.entrypoint === undefined && startOf(own) === undefined && startsTypeScript(own))
    return failure(at("entrypoint", onlyForDevelopment(own)))
  const { entrypoint, isThere } = findEntrypoint(request, project.value)
  if (!isThere && programOf(entrypoint) === undefined && project.value.builds.length === 0) {
    const message = `there is no ${entrypoint} in ${folder}, and package.json has no build script that could make it. Name the file that node runs.`
    return failure(at("entrypoint", message))
  }
  return success({
    version: nodeVersion(request, own, project.value),
    entrypoint,
    installer: wantedInstaller(project.value),
  })
}

function findEntrypoint(
  { manifest, folder, paths, texts }: DetectRequest,
  { root, members, builds }: Project,
): { readonly entrypoint: string; readonly isThere: boolean } {
  const own = members.get(folder)?.manifest
  const isThere = (path: string) => paths.includes(posix.join(folder, path))
  const inner = folder === root ? "." : pathWithin(folder, root)
  const isNext = own !== undefined && isNextStandalone(folder, own, texts)
  const named = manifest.entrypoint ?? (isNext ? nextServer(inner) : undefined)
  if (named !== undefined) return { entrypoint: tidyPath(named), isThere: isThere(tidyPath(named)) }
  const start = own && startOf(own)?.file
  const usual = builds.length > 0 ? undefined : ["index.js", "server.js"].find(isThere)
  const entrypoint = resolveFile(start ?? usual ?? "dist/main.js", isThere)
  return { entrypoint, isThere: isThere(entrypoint) }
}

/** True where TypeScript is all that package.json says, of which an image holds what a build made. */
function startsTypeScript({ main, scripts }: PackageJson): boolean {
  return [main, ...(scripts["start"] ?? "").split(/\s+/)].some(
    (word) => word !== undefined && isTypeScript(word),
  )
}

function onlyForDevelopment({ main, scripts }: PackageJson): string {
  const said = scripts["start"] === undefined ? `names ${main ?? ""} as main` : `starts "${scripts["start"]}"`
  const hint =
    scripts["build"] === undefined
      ? "Add a script build, and name the file that it makes, such as dist/index.js."
      : "Name the file that the build makes, such as dist/index.js."
  return `package.json ${said}, which needs development packages that an image does not hold. ${hint}`
}
