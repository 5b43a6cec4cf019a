import type { Problem } from "../../problem.js"
import { failure, success, type Result } from "../../result.js"
import type { LockSlice, LockedCrate } from "./cargo-lock.js"
import { dependenciesOf } from "./cargo-toml.js"
import type { CargoProject } from "./project.js"
import { builtDependencies } from "./reach.js"
import { satisfies } from "./version-requirement.js"
import { resolveDependency, type Package, type ResolvedDependency } from "./workspace.js"

/**
 * The packages of a lock that a build may reach, or everything in which the lock is not what the manifests ask for.
 * Cargo leaves out more when it builds: what only other members' features or other systems need.
 */
export function sliceLock(project: CargoProject): Result<LockSlice> {
  const { lock, packages, root } = project
  const problems: Problem[] = []
  const tell = (what: string) =>
    problems.push({ file: lock.file, message: `${what}. Run cargo update --workspace in ${root}.` })
  const kept = new Map<LockedCrate, readonly LockedCrate[]>()
  const own = new Map(
    packages.flatMap((one) => {
      const crate = lockedAs(one, lock.crates)
      if (crate === undefined) tell(absent(one, lock.crates))
      return crate === undefined ? [] : [[crate, keptBy(one, crate, tell)] as const]
    }),
  )
  const waiting = [...own.keys()]
  for (let crate = waiting.pop(); crate !== undefined; crate = waiting.pop()) {
    if (kept.has(crate)) continue
    const dependencies = own.get(crate) ?? crate.dependencies
    kept.set(crate, dependencies)
    waiting.push(...dependencies)
  }
  return problems.length > 0 ? failure(...problems) : success(kept)
}

function lockedAs({ name, version }: Package, crates: readonly LockedCrate[]): LockedCrate | undefined {
  return crates.find(
    (crate) => crate.source === undefined && crate.name === name && crate.version === version,
  )
}

function absent({ name, version, toml }: Package, crates: readonly LockedCrate[]): string {
  const other = crates.find((crate) => crate.source === undefined && crate.name === name)
  if (other === undefined) return `${name} of ${toml.file} is not in this lock`
  return `this lock is for ${name} ${other.version}, but ${toml.file} says ${version}`
}

/** What the lock has for a package's dependencies but those for tests. */
function keptBy(one: Package, crate: LockedCrate, tell: (what: string) => void): readonly LockedCrate[] {
  const { file } = one.toml
  const names = new Set(dependenciesOf(one.toml).map((each) => resolveDependency(each, one).package))
  for (const { name } of crate.dependencies)
    if (!names.has(name)) tell(`${name} is in this lock for ${one.name}, but not in ${file}`)
  return builtDependencies(one).flatMap((dependency) => {
    const named = crate.dependencies.filter(({ name }) => name === dependency.package)
    const fitting = named.filter((each) => fits(each, dependency))
    if (fitting.length > 0) return fitting
    const [found] = named
    if (found === undefined) tell(`${dependency.package} is in ${file}, but not in this lock`)
    else tell(`this lock is for ${found.name} ${found.version}, but ${file} asks for ${wanted(dependency)}`)
    return []
  })
}

function fits({ source, version }: LockedCrate, { path, git, requirement }: ResolvedDependency): boolean {
  if (path !== undefined && source !== undefined) return false
  if (git !== undefined && source?.startsWith("git+") === false) return false
  return requirement === undefined || satisfies(version, requirement)
}

function wanted({ path, git, requirement }: ResolvedDependency): string {
  return requirement ?? git ?? path ?? "another"
}
