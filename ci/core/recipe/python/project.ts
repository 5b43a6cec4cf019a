import { posix } from "node:path"
import type { EnvironmentName, Platform } from "../../ids.js"
import { isWithin } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { failure, success, type Result } from "../../result.js"
import { markerEnvironment } from "./interpreter.js"
import { findLock, type FoundLock } from "./find-lock.js"
import { markerHolds } from "./marker.js"
import type { LockedDistribution, Reached } from "./packages.js"
import { readPoetryLock } from "./poetry-lock.js"
import { reachInPoetryLock } from "./poetry-reach.js"
import { staleInPoetryLock } from "./poetry-stale.js"
import { readPyproject, scriptNames, type Pyproject, type Texts } from "./pyproject.js"
import { reachInRequirements } from "./requirements-reach.js"
import { readUvLock } from "./uv-lock.js"
import { packageIn, reachInUvLock, type ReachRequest } from "./uv-reach.js"
import { staleInUvLock } from "./uv-stale.js"

/** Which variant of a project is looked at. */
export interface ProjectRequest {
  readonly folder: string
  readonly texts: Texts
  /** Paths of the inputs. */
  readonly paths: readonly string[]
  readonly environment: EnvironmentName
  readonly platform: Platform
  /** Of Python, as in 3.13.5. */
  readonly version: string
}

/** A Python service as its files describe it. */
export interface PythonProject {
  readonly pyproject: Pyproject | undefined
  /** True where it is installed itself, with its metadata and programs. */
  readonly isPackage: boolean
  readonly reached: Reached
  /** Pins of what packages are built with, from the service itself. */
  readonly buildPins: readonly LockedDistribution[]
  /** Files that say which packages there are, and that no build reads. */
  readonly lockFiles: readonly string[]
}

/** The dependency group, and the beginning of the requirements file's name, that pin what builds need. */
export const buildGroup = "build"
export const buildRequirements = "requirements-build.txt"

/** Reads a service's project and the slice of its lock, or tells why that cannot be done. */
export function readProject(request: ProjectRequest): Result<PythonProject> {
  const { folder, texts } = request
  const pyproject = readPyproject(folder, texts)
  if (!pyproject.ok) return pyproject
  const lock = findLock(folder, texts)
  const project = fromLock(lock, pyproject.value, request)
  if (!project.ok) return project
  const problems = folderProblems(project.value.reached.folders, lock, request)
  return problems.length > 0 ? failure(...problems) : project
}

function fromLock(
  lock: FoundLock | undefined,
  pyproject: Pyproject | undefined,
  request: ProjectRequest,
): Result<PythonProject> {
  if (lock === undefined) return withoutLock(pyproject, request.folder)
  if (lock.kind === "requirements") return fromRequirements(lock, pyproject, request)
  if (pyproject === undefined) {
    return failure({ file: lock.file, message: `there is no pyproject.toml in ${request.folder} beside it.` })
  }
  return lock.kind === "uv" ? fromUv(lock, pyproject, request) : fromPoetry(lock, pyproject, request)
}

function withoutLock(pyproject: Pyproject | undefined, folder: string): Result<PythonProject> {
  const wanted = [
    ...(pyproject?.project?.dependencies ?? []),
    ...Object.keys(pyproject?.tool.poetry?.dependencies ?? {}).filter((name) => name !== "python"),
  ]
  if (pyproject !== undefined && wanted.length > 0) {
    const command = pyproject.tool.poetry === undefined ? "uv lock" : "poetry lock"
    const message = `it has dependencies, such as ${wanted[0]}, and no lock. Run ${command} in ${folder} and commit the lock.`
    return failure({ file: pyproject.file, message })
  }
  return success({
    pyproject,
    isPackage: pyproject?.["build-system"] !== undefined && pyproject.project !== undefined,
    reached: { distributions: [], folders: [], indexes: [] },
    buildPins: [],
    lockFiles: [],
  })
}

function fromUv(lock: FoundLock, pyproject: Pyproject, request: ProjectRequest): Result<PythonProject> {
  const read = readUvLock(lock.text, lock.file)
  if (!read.ok) return read
  const own = packageIn(read.value, request.folder)
  const reached = reachInUvLock(read.value, reachRequest(request, uvGroups(pyproject, request.environment)))
  if (own === undefined || !reached.ok) return reached.ok ? failure() : reached
  const build = reachInUvLock(read.value, { ...reachRequest(request, [buildGroup]), onlyGroups: true })
  if (!build.ok) return build
  const locals = [request.folder, ...reached.value.folders]
  const stale = locals.flatMap((folder) => {
    const local = readPyproject(folder, request.texts)
    const locked = packageIn(read.value, folder)
    if (!local.ok) return local.problems
    return local.value === undefined || locked === undefined
      ? []
      : staleInUvLock(read.value, locked, local.value)
  })
  if (stale.length > 0) return failure(...stale)
  return success({
    pyproject,
    isPackage: own.source.virtual === undefined,
    reached: reached.value,
    buildPins: build.value.distributions,
    lockFiles: [lock.file],
  })
}

/** Only development has the groups that a developer gets by default. */
function uvGroups(pyproject: Pyproject, environment: EnvironmentName): readonly string[] {
  if (environment !== "development") return []
  const groups = pyproject.tool.uv?.["default-groups"] ?? ["dev"]
  const all = Object.keys(pyproject["dependency-groups"])
  return (groups === "all" ? all : groups).filter((group) => group !== buildGroup)
}

function fromPoetry(lock: FoundLock, pyproject: Pyproject, request: ProjectRequest): Result<PythonProject> {
  const read = readPoetryLock(lock.text, lock.file)
  if (!read.ok) return read
  const stale = staleInPoetryLock(read.value, pyproject)
  if (stale.length > 0) return failure(...stale)
  const groups = poetryGroups(pyproject, request.environment)
  const reached = reachInPoetryLock(read.value, pyproject, reachRequest(request, groups))
  if (!reached.ok) return reached
  const build = reachInPoetryLock(read.value, pyproject, {
    ...reachRequest(request, [buildGroup]),
    onlyGroups: true,
  })
  if (!build.ok) return build
  return success({
    pyproject,
    isPackage: pyproject.tool.poetry?.["package-mode"] !== false && pyproject["build-system"] !== undefined,
    reached: reached.value,
    buildPins: build.value.distributions,
    lockFiles: [lock.file],
  })
}

function poetryGroups(pyproject: Pyproject, environment: EnvironmentName): readonly string[] {
  if (environment !== "development") return []
  const optional = Object.entries(pyproject.tool.poetry?.group ?? {}).filter(([, group]) => group.optional)
  const named = [
    "dev",
    ...Object.keys(pyproject.tool.poetry?.group ?? {}),
    ...Object.keys(pyproject["dependency-groups"]),
  ]
  return [...new Set(named)].filter(
    (group) => group !== buildGroup && !optional.some(([name]) => name === group),
  )
}

function fromRequirements(
  lock: FoundLock,
  pyproject: Pyproject | undefined,
  request: ProjectRequest,
): Result<PythonProject> {
  const { folder, texts } = request
  const asked = reachRequest(request, [])
  const reached = reachInRequirements(lock.file, texts, request.paths, asked)
  const buildFile = posix.join(folder, buildRequirements)
  const build =
    texts.get(buildFile) === undefined
      ? undefined
      : reachInRequirements(buildFile, texts, request.paths, asked)
  if (!reached.ok || build?.ok === false) {
    return failure(
      ...[reached, ...(build === undefined ? [] : [build])].flatMap((each) => (each.ok ? [] : each.problems)),
    )
  }
  const hasPrograms = pyproject?.["build-system"] !== undefined && scriptNames(pyproject).length > 0
  return success({
    pyproject,
    isPackage: reached.value.isPackage || hasPrograms,
    reached: reached.value,
    buildPins: build?.ok === true ? build.value.distributions : [],
    lockFiles: [...reached.value.files, ...(build?.ok === true ? build.value.files : [])],
  })
}

function reachRequest(
  { folder, platform, version }: ProjectRequest,
  groups: readonly string[],
): ReachRequest {
  const environment = markerEnvironment(version, platform)
  return {
    folder,
    groups,
    target: { version, platform },
    holds: (marker, extras) => markerHolds(marker, environment, extras),
  }
}

function folderProblems(
  folders: readonly string[],
  lock: FoundLock | undefined,
  { paths }: ProjectRequest,
): readonly Problem[] {
  const file = lock?.file ?? ""
  return folders.flatMap((folder) => {
    if (folder === ".." || folder.startsWith("../"))
      return [{ file, message: `${folder} lies outside of the repository. Move it inside, or publish it.` }]
    const names = paths.filter((path) => isWithin(path, folder))
    if (names.length === 0) return [{ file, message: `there is no ${folder} in the repository.` }]
    const isPackage = ["pyproject.toml", "setup.py", "setup.cfg"].some((name) =>
      names.includes(posix.join(folder, name)),
    )
    return isPackage
      ? []
      : [{ file, message: `${folder} is no package: it has neither pyproject.toml nor setup.py.` }]
  })
}
