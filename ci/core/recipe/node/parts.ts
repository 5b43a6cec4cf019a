import { posix } from "node:path"
import type { EnvironmentName } from "../../ids.js"
import { isWithin, pathWithin } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { failure, problemsOf, success, valuesOf, type Result } from "../../result.js"
import { builderClosure, closureStage } from "../closure-stage.js"
import type { LanguageRecipe, RecipeRequest } from "../language.js"
import { lockedNpm } from "../locked-tools.js"
import { notLocked } from "../not-locked.js"
import { envSteps, script, shellWord, type Stage, type Step } from "../steps.js"
import { collectNext, collectPackages, collectService, type Tree } from "./collect.js"
import { resolveFile, startOf } from "./entrypoint.js"
import { seenFiles } from "./install-files.js"
import { install, type Install } from "./install.js"
import { lockedInstaller, npmVersion, runScript, wantedInstaller } from "./installers.js"
import { needsCompiler } from "./native.js"
import { isNextServer, nextInImage } from "./next.js"
import { projectView } from "./project-view.js"
import {
  buildScript,
  copiedFolders,
  readProject,
  type Member,
  type Project,
  type RepositoryView,
} from "./project.js"
import { nodeRuntime } from "./runtime.js"
import { rootFiles, tsconfigs } from "./survey.js"
import { fetchedNode, nodeClosure, nodeToolchain, type NodeToolchain } from "./toolchain.js"

const nodeEnvironments: Readonly<Record<EnvironmentName, string>> = {
  development: "development",
  testing: "test",
  production: "production",
}

/** A service's project, and those of shared code beside its workspace that has a build and a lockfile of its own. */
interface Projects {
  readonly own: Project
  readonly beside: readonly Project[]
}

/** The stages of a Node service: toolchain, stripped runtime, the packages that it runs with, the built service. */
export function nodeParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, environment, platform, texts, inputs } = request
  const view = projectView(texts)
  const projects = readProjects(service.folder, view)
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
  const isPlain = own.order.every((folder) => buildOf(own, folder) === undefined)
  const built = isPlain ? [] : [own, ...beside]
  const all = built.map((project) => install({ project, purpose: "build", view, inputs }))
  const isNative =
    service.builderPackages.length > 0 || needsCompiler([runtime, ...all].flatMap(({ packages }) => packages))
  const closure = isNative ? builderClosure("native-node", service) : nodeClosure
  const base = closureStage("toolchain", closure, request)
  if (!base.ok) return base
  const packages = isNext || !runtime.isNeeded ? [] : [dependencies(request, { project: own, runtime })]
  return success({
    stages: [
      fetchedNode(toolchain.value, platform),
      nodeToolchain(base.value, platform, { isNative }),
      nodeRuntime(platform),
      ...packages,
      builder(request, { projects: projects.value, installs: all, view }),
    ],
    layers: [
      { name: "node", stage: "node-runtime", path: "/out" },
      ...packages.map(({ name }) => ({ name, stage: name, path: "/out" })),
      { name: "app", stage: "builder", path: "/out" },
    ],
    entrypoint: entrypoint(request, own),
    workingDirectory: isNext
      ? posix.dirname(nextInImage(service.entrypoint))
      : posix.join("/app", pathInImage(request)),
    variables: {
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

function readProjects(folder: string, view: RepositoryView): Result<Projects> {
  const own = readProject(folder, view)
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
    const message = `has a build script, and no lockfile of its own says what it is built with. Run npm install in ${folder} and commit its lockfile, or make it a member of a workspace.`
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

interface DependenciesRequest {
  readonly project: Project
  readonly runtime: Install
}

/** The packages of the final image; their own stage, since they change less often than sources. */
function dependencies(request: RecipeRequest, { project, runtime }: DependenciesRequest): Stage {
  const links = peerLinks(project)
  return {
    name: "dependencies",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      ...runtime.steps,
      ...(links.length === 0 ? [] : [script("link peers", ...links)]),
      collectPackages(treeRoot(request), request.environment, request.platform),
    ],
  }
}

/** Shared code beside the workspace finds its peers where node looks for them: those of the service. */
function peerLinks({ service, members, runtime }: Project): readonly string[] {
  return runtime.flatMap((folder) => {
    const member = members.get(folder)
    if (member === undefined || member.isImporter) return []
    return Object.keys(member.manifest.peerDependencies).map((name) => {
      const link = posix.join("/src", folder, "node_modules", name)
      const target = posix.join("/src", service, "node_modules", name)
      const relative = posix.relative(posix.dirname(link), target)
      const [from, to] = [shellWord(target), shellWord(link)]
      return `if [ -e ${from} ] && [ ! -e ${to} ]; then mkdir -p ${shellWord(posix.dirname(link))}; ln -s ${shellWord(relative)} ${to}; fi`
    })
  })
}

interface BuilderRequest {
  readonly projects: Projects
  readonly installs: readonly Install[]
  readonly view: RepositoryView
}

function builder(request: RecipeRequest, { projects, installs, view }: BuilderRequest): Stage {
  const { service, environment } = request
  const { own, beside } = projects
  const built = own.order.filter((folder) => buildOf(own, folder) !== undefined)
  const builds = built.flatMap((folder): readonly Step[] => {
    const project = beside.find((each) => each.service === folder) ?? own
    return [
      { do: "workdir", path: posix.join("/src", folder) },
      runScript(project.lockfile.manager, buildOf(own, folder) ?? "build"),
    ]
  })
  const inner = service.folder === own.root ? "." : pathWithin(service.folder, own.root)
  return {
    name: "builder",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      ...installs.flatMap(({ steps }) => steps),
      ...envSteps({ NODE_ENV: nodeEnvironments[environment], ...service.environments[environment].args }),
      { do: "copy", files: "all", to: "/src" },
      ...builds,
      isNextServer(service.entrypoint)
        ? collectNext(posix.join("/src", service.folder), inner)
        : collectService(treeOf(request, own, view), environment),
    ],
  }
}

/** The service itself is built by its build script alone; shared code also by what prepares it. */
function buildOf({ service, members }: Project, folder: string): "build" | "prepare" | undefined {
  const found = buildScript(members.get(folder))
  return folder === service && found === "prepare" ? undefined : found
}

/** What of the source tree an image holds: the service and shared code that it runs with. */
function treeOf(request: RecipeRequest, project: Project, view: RepositoryView): Tree {
  const { service, environment } = request
  const isBuilt = (folder: string) => buildOf(project, folder) !== undefined
  if (treeRoot(request) !== "/src")
    return { from: treeRoot(request), parts: [{ path: ".", isBuilt: isBuilt(service.folder) }] }
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
  }
}

/** What becomes /app: the service's folder, or the repository when the service uses other folders of it. */
function treeRoot({ service }: RecipeRequest): string {
  return service.uses.length === 0 ? posix.join("/src", service.folder) : "/src"
}

function pathInImage({ service }: RecipeRequest): string {
  return service.uses.length === 0 ? "." : service.folder
}

/** Node, its options where package.json starts this very file with some, and the file. */
function entrypoint(request: RecipeRequest, { service: folder, members }: Project): readonly string[] {
  const { service, inputs } = request
  const node = "/usr/local/bin/node"
  if (isNextServer(service.entrypoint)) return [node, nextInImage(service.entrypoint)]
  const manifest = members.get(folder)?.manifest
  const start = manifest && startOf(manifest)
  const isThere = (path: string) => inputs.some((entry) => entry.path === posix.join(folder, path))
  const isStarted = start !== undefined && resolveFile(start.file, isThere) === service.entrypoint
  const file = posix.join("/app", pathInImage(request), service.entrypoint)
  return [node, ...(isStarted ? start.options : []), file]
}
