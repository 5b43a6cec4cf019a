import { posix } from "node:path"
import type { Problem } from "../../problem.js"
import { workshop } from "../../lock/closures.js"
import type { ResolvedService } from "../../resolve/resolved-service.js"
import { failure, problemsOf, success, valuesOf, type Result } from "../../result.js"
import { builderClosure, closureStage } from "../closure-stage.js"
import type { LanguageRecipe, RecipeRequest } from "../language.js"
import { lockedNpm } from "../locked-tools.js"
import { notLocked } from "../not-locked.js"
import { builder, stepsIn, type Projects } from "./builder-stage.js"
import { dependencies } from "./dependencies-stage.js"
import { entrypoint, nodeEnvironments, pathInImage, startOfEntrypoint } from "./in-image.js"
import { seenFiles } from "./install-files.js"
import { install } from "./install.js"
import { lockedInstaller, npmVersion, wantedInstaller } from "./installers.js"
import { needsCompiler } from "./native.js"
import { isNextServer, nextInImage } from "./next.js"
import { projectView } from "./project-view.js"
import { meantManager } from "./meant-manager.js"
import {
  buildScript,
  copiedFolders,
  readProject,
  installCommand,
  type Member,
  type Project,
  type RepositoryView,
} from "./project.js"
import { nodeRuntime } from "./runtime.js"
import { fetchedNode, nodeAlone, nodeToolchain, type NodeToolchain } from "./toolchain.js"

/** The stages of a Node service: toolchain, stripped runtime, the packages that it runs with, the built service. */
export function nodeParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, environment, platform, texts, inputs } = request
  const view = projectView(texts)
  const projects = readProjects(service, view)
  if (!projects.ok) return projects
  const { own, beside } = projects.value
  const toolchain = lockedToolchain(request, [own, ...beside])
  if (!toolchain.ok) return toolchain
  const isNext = isNextServer(service.entrypoint)
  const runtime = install({
    project: own,
    purpose: environment === "development" ? "build" : "runtime",
    view,
    inputs,
  })
  const isPlain = own.order.every((folder) => stepsIn(own, folder, own.lockfile).length === 0)
  const built = isPlain ? [] : [own, ...beside]
  const all = built.map((project) => install({ project, purpose: "build", view, inputs }))
  const isNative =
    service.builderPackages.length > 0 || needsCompiler([runtime, ...all].flatMap(({ packages }) => packages))
  const closure = isNative ? builderClosure("native-node", service) : workshop
  const base = closureStage("toolchain", closure, request)
  if (!base.ok) return base
  const packages = isNext || !runtime.isNeeded ? [] : [dependencies(request, { project: own, runtime })]
  const start = startOfEntrypoint(request, own)
  return success({
    stages: [
      fetchedNode(toolchain.value, platform),
      nodeAlone,
      nodeToolchain(base.value, platform, { isNative }),
      nodeRuntime(platform),
      ...packages,
      builder(request, { projects: projects.value, installs: all, packages, view }),
    ],
    layers: [
      { name: "node", stage: "node-runtime", path: "/out" },
      ...packages.map(({ name }) => ({ name, stage: name, path: "/out" })),
      { name: "app", stage: "builder", path: "/out" },
    ],
    entrypoint: entrypoint(request, start),
    workingDirectory: isNext
      ? posix.dirname(nextInImage(service.entrypoint))
      : posix.join("/app", pathInImage(request)),
    variables: {
      ...start?.variables,
      NODE_ENV: nodeEnvironments[environment],
      ...(environment === "development" ? { NODE_OPTIONS: "--enable-source-maps" } : {}),
      ...(isNext ? { HOSTNAME: "0.0.0.0" } : {}),
    },
    files: new Map([
      ...seenFiles(own, isPlain && environment !== "development" ? "runtime" : "build", view),
      ...beside.flatMap((project) => [...seenFiles(project, "build", view)]),
      ...[...all, ...(packages.length === 0 ? [] : [runtime])].flatMap(({ files }) => [...files]),
    ]),
  })
}

function readProjects({ folder, build }: ResolvedService, view: RepositoryView): Result<Projects> {
  const own = readProject(folder, view, build)
  if (!own.ok) return own
  const outside = own.value.order
    .map((each) => own.value.members.get(each))
    .filter((member): member is Member => member !== undefined && !member.isImporter)
    .filter(
      (member) => buildScript(member) !== undefined && !copiedFolders(own.value).includes(member.folder),
    )
  const beside = outside.map((member) => ownProject(member, view))
  const problems = [...beside.flatMap(problemsOf), ...unbuiltCopies(own.value)]
  return problems.length > 0 ? failure(...problems) : success({ own: own.value, beside: valuesOf(beside) })
}

/** A copy is made when packages are installed, before anything could be built. */
function unbuiltCopies(project: Project): readonly Problem[] {
  return copiedFolders(project)
    .filter((folder) => buildScript(project.members.get(folder)) !== undefined)
    .map((folder) => ({
      file: posix.join(project.service, "package.json"),
      message: `depends on ${folder} by file:, of which ${project.lockfile.manager.replace(/\d$/, "")} installs a copy before its build script could run. Write link: in place of file:, or make it a member of a workspace.`,
    }))
}

/** What shared code beside the workspace is built with, its own lockfile says: the service's does not hold it. */
function ownProject({ folder, manifest }: Member, view: RepositoryView): Result<Project> {
  const project = readProject(folder, view)
  if (project.ok && project.value.root === folder) return project
  const hasDependencies = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length > 0
  if (project.ok || hasDependencies) {
    const command = installCommand(meantManager(folder, view).manager ?? "npm")
    const message = `has a build script, and no lockfile of its own says what it is built with. Run ${command} in ${folder} and commit its lockfile, or make it a member of a workspace.`
    return project.ok || view.text(posix.join(folder, "package-lock.json")) === undefined
      ? failure({ file: posix.join(folder, "package.json"), message })
      : project
  }
  return project
}

function lockedToolchain(request: RecipeRequest, projects: readonly Project[]): Result<NodeToolchain> {
  const { service, platform, lock } = request
  const integrity = lock.node[service.version]?.[platform]
  const npm = lockedNpm(lock, "npm", npmVersion)
  const wanted = projects.map(wantedInstaller)
  const found = wanted.map((each) => lockedInstaller(lock, each))
  const absent = wanted.filter((_, index) => found[index] === undefined)
  const missing = [
    ...(integrity === undefined ? [notLocked(service, `node ${service.version}`, platform)] : []),
    ...(npm === undefined && absent.every(({ name }) => name !== "npm")
      ? [notLocked(service, "npm", platform)]
      : []),
    ...absent.map(({ name, version }) =>
      notLocked(service, name === "npm" ? name : `${name} ${version}`, platform),
    ),
  ]
  if (integrity === undefined || npm === undefined || missing.length > 0) return failure(...missing)
  const installers = found.filter((each) => each !== undefined)
  const withNpm = installers.some(({ name }) => name === "npm")
    ? installers
    : [...installers, { name: "npm", ...npm }]
  return success({
    node: { version: service.version, integrity },
    installers: [...new Map(withNpm.map((each) => [each.name, each])).values()],
  })
}
