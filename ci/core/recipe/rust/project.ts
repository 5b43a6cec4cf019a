import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import { failure, problemsOf, success, valuesOf, type Result } from "../../result.js"
import { readCargoLock, type CargoLock, type LockedCrate } from "./cargo-lock.js"
import { builtDependencies, reachFrom, type Reached } from "./reach.js"
import { findTarget, type CargoTarget, type TargetRequest } from "./target.js"
import { packageOf, type Package, type Workspace } from "./workspace.js"

/** Everything of a repository that one program of Rust is made from. */
export interface CargoProject {
  readonly target: CargoTarget
  /** The folder of Cargo.lock. */
  readonly root: string
  /** The workspace that the lock is for. */
  readonly workspace: Workspace | undefined
  readonly lock: CargoLock
  /** The packages that are compiled, sorted by folder. */
  readonly packages: readonly Package[]
}

/** Finds out what a service is made from, or everything that stands in the way. */
export function findProject(request: TargetRequest): Result<CargoProject> {
  const target = findTarget(request)
  if (!target.ok) return target
  const start = target.value.package
  const root = start.workspace?.folder ?? start.folder
  const lock = readLock(root, request)
  const reached = lock.ok ? withPatches(start, lock.value, request) : reachFrom([start], request.sources)
  const problems = [...problemsOf(lock), ...reached.problems]
  if (!lock.ok || problems.length > 0) return failure(...problems)
  const packages = [...reached.packages.values()].sort((left, right) => (left.folder < right.folder ? -1 : 1))
  return success({ target: target.value, root, workspace: start.workspace, lock: lock.value, packages })
}

function readLock(root: string, { sources }: TargetRequest): Result<CargoLock> {
  const file = posix.join(root, "Cargo.lock")
  const text = sources.text(file)
  if (text !== undefined) return readCargoLock(file, text)
  const message = `the file is missing. Run cargo generate-lockfile in ${root} and commit it.`
  return failure({ file, message })
}

/**
 * Adds the folders that `[patch]` puts in the place of published packages which are reached, and all that those reach
 * in turn.
 */
function withPatches(
  start: Package,
  lock: CargoLock,
  request: TargetRequest,
  added: readonly Package[] = [],
): Reached {
  const { sources } = request
  const reached = reachFrom([start, ...added], sources)
  const { folder, toml } = start.workspace ?? start
  const names = lockedNames([...reached.packages.values()], lock)
  const tables = Object.values(toml.tables.patch).flatMap((table) => Object.entries(table))
  const folders = tables.flatMap(([key, detail]) => {
    if (detail.path === undefined || !names.has(detail.package ?? key)) return []
    return [tidyPath(posix.join(folder, detail.path))]
  })
  const results = folders
    .filter((each) => !reached.packages.has(each))
    .map((each) => packageOf(each, sources))
  const found = valuesOf(results).filter((one) => one !== undefined)
  const problems = results.flatMap(problemsOf)
  if (found.length === 0) return { packages: reached.packages, problems: [...reached.problems, ...problems] }
  return withPatches(start, lock, request, [...added, ...found])
}

/** Names of the packages that a lock has below some of the repository's. */
function lockedNames(packages: readonly Package[], { crates }: CargoLock): ReadonlySet<string> {
  const seen = new Set<LockedCrate>()
  const visit = (crate: LockedCrate): void => {
    if (seen.has(crate)) return
    seen.add(crate)
    if (crate.source !== undefined) crate.dependencies.forEach(visit)
  }
  for (const one of packages) {
    const own = crates.find(({ name, source }) => source === undefined && name === one.name)
    const built = new Set(builtDependencies(one).map((dependency) => dependency.package))
    own?.dependencies.filter(({ name }) => built.has(name)).forEach(visit)
  }
  return new Set([...seen].map(({ name }) => name))
}
