import { posix } from "node:path"
import { isWithin } from "../../listing.js"
import { failure, problemsOf, success, type Result } from "../../result.js"
import type { LanguageParts, LanguageRecipe, RecipeRequest } from "../language.js"
import type { Stage } from "../steps.js"
import { builderStage } from "./builder.js"
import { dependencyStage } from "./dependencies.js"
import { startOf } from "./entrypoint.js"
import { minorOf } from "./interpreter.js"
import { requirementLines } from "./packages.js"
import { readProject, type PythonProject } from "./project.js"
import { sharedStage } from "./shared.js"
import { standardLibrary } from "./standard-library.js"
import { lockedBackends, toolchainStages } from "./toolchain.js"

/** The stages of a Python service: toolchain, compiled standard library, packages, shared packages, the service. */
export function pythonParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, environment, platform, inputs, texts } = request
  const paths = inputs.map(({ path }) => path)
  const read = readProject({
    folder: service.folder,
    texts,
    paths,
    version: service.version,
    environment,
    platform,
    lock: request.lock,
  })
  if (!read.ok) return read
  const project = read.value
  const toolchain = toolchainStages(request, { isNative: isNative(request, project) })
  const constraints = buildConstraints(request, project)
  if (!toolchain.ok || !constraints.ok) return failure(...[toolchain, constraints].flatMap(problemsOf))
  const context = { request, project, constraints: constraints.value }
  const own = [dependencyStage(context), sharedStage(context)].filter((stage) => stage !== undefined)
  const all: readonly Stage[] = [
    ...toolchain.value,
    standardLibrary(request),
    ...own,
    builderStage(context, own),
  ]
  return success({
    stages: all,
    layers: [
      { name: "python", stage: "standard-library", path: "/out" },
      ...own.map(({ name }) => ({ name, stage: name, path: "/out" })),
      { name: "app", stage: "builder", path: "/out" },
    ],
    entrypoint: entrypoint(request, project),
    variables: {
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONNOUSERSITE: "1",
      PYTHONUNBUFFERED: "1",
      ...(environment === "development" ? { PYTHONFAULTHANDLER: "1" } : {}),
    },
    files: withoutLocks(service.folder, project),
  })
}

function entrypoint({ service, inputs }: RecipeRequest, project: PythonProject): LanguageParts["entrypoint"] {
  const paths = inputs.map(({ path }) => path)
  const start = startOf(service.entrypoint, { folder: service.folder, paths, project }) ?? { args: [] }
  if ("program" in start) return [`/usr/local/bin/${start.program}`]
  return [`/usr/bin/python${minorOf(service.version)}`, ...start.args]
}

/** Compilers are there for sources of an index, for C beside Python, and when the service adds to its builder. */
function isNative({ service, inputs }: RecipeRequest, { reached, isPackage }: PythonProject): boolean {
  const built = [...reached.folders, ...(isPackage ? [service.folder] : [])]
  const isNativeSource = (path: string): boolean =>
    /\.(c|cc|cpp|cxx|pyx)$/.test(path) && built.some((folder) => isWithin(path, folder))
  return (
    service.builderPackages.length > 0 ||
    reached.distributions.some(({ isBuilt }) => isBuilt) ||
    inputs.some(({ path }) => isNativeSource(path))
  )
}

/** What may be used to build packages: the service's own pins before the lock's. Nothing where nothing is built. */
function buildConstraints(request: RecipeRequest, project: PythonProject): Result<string> {
  const { distributions, folders } = project.reached
  const isBuilding = project.isPackage || folders.length > 0 || distributions.some(({ isBuilt }) => isBuilt)
  if (!isBuilding) return success("")
  const backends = lockedBackends(request)
  if (!backends.ok) return backends
  const own = new Set(project.buildPins.map(({ name }) => name))
  const usual = backends.value
    .filter(({ name }) => !own.has(name))
    .map(({ hash, ...each }) => ({ ...each, hashes: [hash], isBuilt: false }))
  return success(requirementLines([...project.buildPins, ...usual]))
}

/** No build reads a lock: what the service reaches of it is in the recipe. A shared lock is no input anyway. */
function withoutLocks(folder: string, { lockFiles }: PythonProject): ReadonlyMap<string, string> {
  return new Map(
    lockFiles
      .filter((file) => posix.dirname(file) === folder || isWithin(file, folder))
      .map((file) => [file, ""]),
  )
}
