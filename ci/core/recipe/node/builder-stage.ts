import { posix } from "node:path"
import { isWithin, pathWithin } from "../../listing.js"
import type { RecipeRequest } from "../language.js"
import { envSteps, script, shellWord, type Stage, type Step } from "../steps.js"
import { carryChanges, collectNext, collectService, markInstalled, type Tree } from "./collect.js"
import { nodeEnvironments, pathInImage, startOfEntrypoint, treeRoot } from "./in-image.js"
import type { Install } from "./install.js"
import { runScript } from "./installers.js"
import type { Lockfile } from "./lockfile.js"
import { isNextServer, standaloneVariables } from "./next.js"
import { buildScript, copiedFolders, type Project, type RepositoryView } from "./project.js"
import { changesPackages, isTypeScript, programOf, type Build } from "./start.js"
import { rootFiles, tsconfigs } from "./survey.js"

/** A service's project, and those of shared code beside its workspace that has a build and a lockfile of its own. */
export interface Projects {
  readonly own: Project
  readonly beside: readonly Project[]
}

/** What the builder is made from. */
export interface BuilderRequest {
  readonly projects: Projects
  readonly installs: readonly Install[]
  /** The stage of the image's packages, where it has some. */
  readonly packages: readonly Stage[]
  readonly view: RepositoryView
}

/** Builds shared code and the service, and collects what an image gets of them. */
export function builder(request: RecipeRequest, parts: BuilderRequest): Stage {
  const { service, environment } = request
  const { projects, installs, packages, view } = parts
  const { own, beside } = projects
  const builds = own.order.flatMap((folder): readonly Step[] => {
    const { lockfile } = beside.find((each) => each.service === folder) ?? own
    const steps = stepsIn(own, folder, lockfile)
    return steps.length === 0 ? [] : [{ do: "workdir", path: posix.join("/src", folder) }, ...steps]
  })
  const carries = packages.length > 0 && installs.length > 0
  return {
    name: "builder",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      ...installs.flatMap(({ steps }) => steps),
      ...(carries ? [markInstalled] : []),
      ...envSteps({
        NODE_ENV: nodeEnvironments[environment],
        ...(isNextServer(service.entrypoint) ? standaloneVariables : {}),
        ...service.environments[environment].args,
      }),
      { do: "copy", files: "all", to: "/src" },
      ...builds,
      ...collect(request, own, view),
      ...(carries ? packages.flatMap(({ name }) => carryChanges(treeRoot(request), name)) : []),
    ],
  }
}

function collect(request: RecipeRequest, own: Project, view: RepositoryView): readonly Step[] {
  const { service, environment } = request
  if (!isNextServer(service.entrypoint)) return [collectService(treeOf(request, own, view), environment)]
  const inner = service.folder === own.root ? "." : pathWithin(service.folder, own.root)
  return [collectNext(posix.join("/src", service.folder), inner)]
}

/** What is done in a folder: the service's own change of its packages, then what builds it. */
export function stepsIn(project: Project, folder: string, lockfile: Lockfile): readonly Step[] {
  const { service, members } = project
  const manifest = members.get(service)?.manifest
  // npm runs it: other managers ask first whether everything is installed as they would.
  const isChanged = folder === service && manifest !== undefined && changesPackages(manifest)
  return [
    ...(isChanged ? [runScript("npm", "postinstall")] : []),
    ...buildsIn(project, folder).map((build) => buildStep(build, lockfile)),
  ]
}

/** What builds a folder: the service's own way to be built, or the script of shared code that makes what others use. */
function buildsIn({ service, members, builds }: Project, folder: string): readonly Build[] {
  if (folder === service) return builds
  const script = buildScript(members.get(folder))
  return script === undefined ? [] : [{ script }]
}

function buildStep(build: Build, { manager, root }: Lockfile): Step {
  if ("script" in build) return runScript(manager, build.script)
  const { command } = build
  const path = `$PWD/node_modules/.bin:${posix.join("/src", root)}/node_modules/.bin:$PATH`
  return script(command.join(" "), `export PATH="${path}"`, command.map(shellWord).join(" "))
}

/** What of the source tree an image holds: the service and shared code that it runs with. */
function treeOf(request: RecipeRequest, project: Project, view: RepositoryView): Tree {
  const { service, environment } = request
  const start = startOfEntrypoint(request, project)
  const runsTypeScript = [service.entrypoint, ...(start?.args ?? [])].some(isTypeScript)
  const isBuilt = (folder: string) =>
    buildsIn(project, folder).length > 0 && !(folder === service.folder && runsTypeScript)
  const isMade = isBuilt(service.folder) && programOf(service.entrypoint) === undefined
  const made = isMade ? { made: posix.join(pathInImage(request), service.entrypoint) } : {}
  if (treeRoot(request) !== "/src")
    return { from: treeRoot(request), parts: [{ path: ".", isBuilt: isBuilt(service.folder) }], ...made }
  const { members, runtime } = project
  const copies = copiedFolders(project)
  const reached = environment === "development" ? [...members.keys()] : runtime
  const shared = reached.filter((folder) => !copies.includes(folder))
  const forBuild = new Set([...rootFiles(project, view), ...tsconfigs(project, view)])
  const isShared = (path: string) => [...members.keys()].some((folder) => isWithin(path, folder))
  const others = service.uses.filter((path) => !forBuild.has(path) && !isShared(path))
  return {
    from: "/src",
    parts: [
      ...shared.map((path) => ({ path, isBuilt: isBuilt(path) })),
      ...others.map((path) => ({ path, isBuilt: false })),
    ],
    ...made,
  }
}
