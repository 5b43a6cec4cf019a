import { posix } from "node:path"
import type { EnvironmentName, Platform } from "../../ids.js"
import type { Lock } from "../../lock/lock.js"
import type { AskedRequirements } from "../../lock/requirements.js"
import { isWithin } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { failure, problemsOf, success, type Result } from "../../result.js"
import { askedByProject, lockedFor } from "./asked.js"
import { markerEnvironment, minorOf } from "./interpreter.js"
import { findLock, type FoundLock } from "./find-lock.js"
import { markerHolds } from "./marker.js"
import type { LockedDistribution, Reached } from "./packages.js"
import { readPoetryLock } from "./poetry-lock.js"
import { reachInPoetryLock } from "./poetry-reach.js"
import { staleInPoetryLock } from "./poetry-stale.js"
import { readPyproject, scriptNames, type Pyproject, type Texts } from "./pyproject.js"
import { reachInRequirements, type ReachedRequirements } from "./requirements-reach.js"
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
  /** Answers what files without hashes ask for; without it, such packages are left out. */
  readonly lock?: Lock
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
  /** What files without hashes ask for, by file. */
  readonly asked?: Readonly<Record<string, AskedRequirements>>
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
  if (lock === undefined) return withoutLock(pyproject, request)
  if (lock.kind === "requirements") return fromRequirements(lock, pyproject, request)
  if (pyproject === undefined) {
    return failure({ file: lock.file, message: `there is no pyproject.toml in ${request.folder} beside it.` })
  }
  return lock.kind === "uv" ? fromUv(lock, pyproject, request) : fromPoetry(lock, pyproject, request)
}

function withoutLock(pyproject: Pyproject | undefined, request: ProjectRequest): Result<PythonProject> {
  const pipenv = posix.join(request.folder, "Pipfile.lock")
  if (request.paths.includes(pipenv)) {
    const message = `Pipenv's lock is not read. Run in ${request.folder}: pipenv requirements --hash > requirements.txt`
    return failure({ file: pipenv, message })
  }
  const project: PythonProject = {
    pyproject,
    isPackage: pyproject?.["build-system"] !== undefined && pyproject.project !== undefined,
    reached: { distributions: [], folders: [], indexes: [] },
    buildPins: [],
    lockFiles: [],
  }
  if (pyproject === undefined) return success(project)
  const { file, tool } = pyproject
  const ofPoetry = Object.keys(tool.poetry?.dependencies ?? {}).find((name) => name !== "python")
  const ofSources = Object.keys(tool.uv?.sources ?? {})[0]
  if (ofPoetry !== undefined || ofSources !== undefined) {
    const command = ofPoetry === undefined ? "uv lock" : "poetry lock"
    const message = `it has dependencies, such as ${ofPoetry ?? ofSources}, and no lock. Run ${command} in ${request.folder} and commit the lock.`
    return failure({ file, message })
  }
  const asked = askedByProject(pyproject, minorOf(request.version))
  if (asked.lines.length === 0) return success(project)
  const distributions = answer(file, asked, request)
  if (!distributions.ok) return distributions
  return success({
    ...project,
    reached: { ...project.reached, distributions: distributions.value },
    asked: { [file]: asked },
  })
}

/** What slipway.lock holds for what a file asks; nothing where there is no lock to be asked. */
function answer(
  file: string,
  asked: AskedRequirements | undefined,
  { lock, platform }: ProjectRequest,
): Result<readonly LockedDistribution[]> {
  return asked === undefined || lock === undefined ? success([]) : lockedFor(lock, file, asked, platform)
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
  const buildFile = posix.join(folder, buildRequirements)
  const reached = requirementsOf(lock.file, request)
  const build = texts.get(buildFile) === undefined ? undefined : requirementsOf(buildFile, request)
  if (!reached.ok || build?.ok === false) {
    return failure(...problemsOf(reached), ...(build === undefined ? [] : problemsOf(build)))
  }
  const hasPrograms = pyproject?.["build-system"] !== undefined && scriptNames(pyproject).length > 0
  return success({
    pyproject,
    isPackage: reached.value.isPackage || hasPrograms,
    reached: reached.value,
    buildPins: build?.ok === true ? build.value.distributions : [],
    lockFiles: [...reached.value.files, ...(build?.ok === true ? build.value.files : [])],
    asked: {
      ...(reached.value.asked === undefined ? {} : { [lock.file]: reached.value.asked }),
      ...(build?.value.asked === undefined ? {} : { [buildFile]: build.value.asked }),
    },
  })
}

/** What a requirements file reaches, with what slipway.lock holds where it has no hashes. */
function requirementsOf(file: string, request: ProjectRequest): Result<ReachedRequirements> {
  const reached = reachInRequirements(file, request.texts, request.paths, reachRequest(request, []))
  if (!reached.ok) return reached
  const found = answer(file, reached.value.asked, request)
  if (!found.ok) return found
  return success({ ...reached.value, distributions: [...reached.value.distributions, ...found.value] })
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
