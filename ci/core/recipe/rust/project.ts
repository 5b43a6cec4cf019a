import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import { failure, problemsOf, success, valuesOf, type Result } from "../../result.js"
import { readCargoLock, type CargoLock } from "./cargo-lock.js"
import { reachFrom } from "./reach.js"
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
  const { sources } = request
  const target = findTarget(request)
  if (!target.ok) return target
  const start = target.value.package
  const root = start.workspace?.folder ?? start.folder
  const lock = readLock(root, request)
  const patches = lock.ok ? patchedPackages(root, lock.value, request) : success([])
  const reached = reachFrom([start, ...(patches.ok ? patches.value : [])], sources)
  const problems = [...problemsOf(lock), ...problemsOf(patches), ...reached.problems]
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

/** Folders that `[patch]` puts in the place of published packages, as far as the lock has them. */
function patchedPackages(root: string, lock: CargoLock, { sources }: TargetRequest): Result<readonly Package[]> {
  const toml = sources.toml(root)
  const tables = toml.ok ? Object.values(toml.value?.tables.patch ?? {}) : []
  const folders = tables.flatMap((table) =>
    Object.entries(table).flatMap(([key, detail]) => {
      const isLocked = lock.crates.some(
        ({ name, source }) => source === undefined && name === (detail.package ?? key),
      )
      return isLocked && detail.path !== undefined ? [tidyPath(posix.join(root, detail.path))] : []
    }),
  )
  const packages = folders.map((folder) => packageOf(folder, sources))
  const problems = packages.flatMap(problemsOf)
  return problems.length > 0 ? failure(...problems) : success(valuesOf(packages).filter((one) => one !== undefined))
}
