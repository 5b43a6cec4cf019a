import { posix } from "node:path"
import type { Problem } from "../../problem.js"
import { failure, success, type Result } from "../../result.js"
import { normalName } from "./names.js"
import { fittingFiles, type LockedDistribution, type Reached } from "./packages.js"
import { lineOf } from "./pyproject.js"
import { localFolder, type UvDependency, type UvLock, type UvPackage } from "./uv-lock.js"
import type { WheelTarget } from "./wheel.js"

/** What a lock is asked for. */
export interface ReachRequest {
  /** The service's folder. */
  readonly folder: string
  /** Dependency groups beside the project's own dependencies. */
  readonly groups: readonly string[]
  /** True for these groups alone. */
  readonly onlyGroups?: boolean
  readonly target: WheelTarget
  /** Tells whether a marker holds, with these extras. */
  readonly holds: (marker: string | undefined, extras?: ReadonlySet<string>) => boolean
}

/** The package of a lock that lies in a folder. */
export function packageIn(lock: UvLock, folder: string): UvPackage | undefined {
  const root = posix.dirname(lock.file)
  return lock.packages.find((each) => {
    const local = localFolder(each)
    return local !== undefined && posix.join(root, local) === folder
  })
}

/** The slice of a `uv.lock` that a service reaches, for one environment and platform. */
export function reachInUvLock(lock: UvLock, request: ReachRequest): Result<Reached> {
  const root = packageIn(lock, request.folder)
  if (root === undefined) {
    return failure({ file: lock.file, message: `it holds no package in ${request.folder}. Run uv lock.` })
  }
  const reached = walk(lock, root, request)
  const results = reached
    .filter((each) => localFolder(each) === undefined)
    .map((each) => distribution(each, lock, request.target))
  const problems = results.flatMap((each) => (each.ok ? [] : each.problems))
  if (problems.length > 0) return failure(...problems)
  return success({
    distributions: results.flatMap((each) => (each.ok ? [each.value] : [])),
    folders: installedFolders(lock, reached).filter((folder) => folder !== request.folder),
    indexes: indexesOf(reached),
  })
}

/** Folders and files of the repository that a project's packages are in, whatever else is wrong with the lock. */
export function localsInUvLock(
  lock: UvLock,
  request: ReachRequest,
): { readonly folders: readonly string[]; readonly archives: readonly string[] } {
  const root = packageIn(lock, request.folder)
  const reached = root === undefined ? [] : walk(lock, root, request)
  const archives = reached.flatMap(({ source }) => source.path ?? [])
  return {
    folders: installedFolders(lock, reached),
    archives: archives.map((path) => posix.join(posix.dirname(lock.file), path)),
  }
}

function installedFolders(lock: UvLock, packages: readonly UvPackage[]): readonly string[] {
  return packages
    .flatMap(({ source }) => source.editable ?? source.directory ?? [])
    .map((folder) => posix.join(posix.dirname(lock.file), folder))
    .sort()
}

/** All packages that a project reaches, each once, without itself. */
function walk(lock: UvLock, root: UvPackage, request: ReachRequest): readonly UvPackage[] {
  const seen = new Map<UvPackage, Set<string>>()
  const visit = (dependencies: readonly UvDependency[]): void => {
    for (const { name, version, source, extra, marker } of dependencies) {
      if (!request.holds(marker)) continue
      const found = lock.packages.find(
        (each) =>
          each.name === name &&
          (version === undefined || each.version === version) &&
          (source === undefined || sameSource(each.source, source)),
      )
      if (found === undefined) continue
      const isNew = !seen.has(found)
      const extras = seen.get(found) ?? new Set()
      seen.set(found, extras)
      const added = extra.filter((each) => !extras.has(each))
      for (const each of added) extras.add(each)
      if (isNew) visit(found.dependencies)
      for (const each of added) visit(found["optional-dependencies"][each] ?? [])
    }
  }
  if (request.onlyGroups !== true) visit(root.dependencies)
  for (const group of request.groups) {
    const [, dependencies = []] =
      Object.entries(root["dev-dependencies"]).find(([name]) => normalName(name) === normalName(group)) ?? []
    visit(dependencies)
  }
  seen.delete(root)
  return [...seen.keys()]
}

function sameSource(left: UvPackage["source"], right: UvPackage["source"]): boolean {
  return Object.entries(right).every(([kind, value]) => left[kind] === value)
}

function distribution(
  { name, version = "", source, sdist, wheels }: UvPackage,
  { file, text }: UvLock,
  target: WheelTarget,
): Result<LockedDistribution> {
  const problem = (message: string): Problem => {
    const line = lineOf(text, new RegExp(`^name = "${name}"$`))
    return { file, ...(line === undefined ? {} : { line }), message }
  }
  if (source.git !== undefined) {
    return failure(
      problem(`${name} comes from git, which has no hash. Publish it, or put it into the repository.`),
    )
  }
  const files = [...wheels, ...(sdist === undefined ? [] : [sdist])].flatMap(
    ({ url, path, filename, hash }) =>
      hash === undefined
        ? []
        : [{ name: filename ?? posix.basename(url ?? path ?? source.path ?? ""), hash }],
  )
  const fitting = fittingFiles(files, target)
  if (fitting.hashes.length === 0) {
    return failure(
      problem(`${name} ${version} has neither a wheel for ${target.platform} and Python nor sources.`),
    )
  }
  const url =
    source.url ??
    (source.path === undefined ? undefined : `file:///src/${posix.join(posix.dirname(file), source.path)}`)
  return success({ name, version, ...(url === undefined ? {} : { url }), ...fitting })
}

function indexesOf(packages: readonly UvPackage[]): readonly string[] {
  const registries = packages.flatMap(({ source }) => source.registry ?? [])
  return [...new Set(registries)].filter((each) => !/^https:\/\/pypi\.org\/simple\/?$/.test(each)).sort()
}
