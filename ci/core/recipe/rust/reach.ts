import { posix } from "node:path"
import type { Problem } from "../../problem.js"
import { problemsOf } from "../../result.js"
import type { CargoSources } from "./cargo-sources.js"
import { dependenciesOf, lineOf } from "./cargo-toml.js"
import { packageOf, resolveDependency, type Package, type ResolvedDependency } from "./workspace.js"

/** The packages of the repository that a build reads, by folder, and what is wrong with the way to them. */
export interface Reached {
  readonly packages: ReadonlyMap<string, Package>
  readonly problems: readonly Problem[]
}

/** Follows path dependencies from some packages, but not those that only tests and benchmarks have. */
export function reachFrom(starts: readonly Package[], sources: CargoSources): Reached {
  const packages = new Map<string, Package>()
  const problems: Problem[] = []
  const visit = (one: Package, way: readonly Package[]): void => {
    const start = way.findIndex(({ folder }) => folder === one.folder)
    if (start !== -1) problems.push(cycle([...way.slice(start), one]))
    if (packages.has(one.folder)) return
    packages.set(one.folder, one)
    for (const dependency of builtDependencies(one)) {
      if (dependency.path === undefined) continue
      const found = follow(one, dependency, dependency.path, sources)
      if ("message" in found) problems.push(found)
      else visit(found, [...way, one])
    }
  }
  for (const start of starts) visit(start, [])
  return { packages, problems }
}

/** What a package needs to be built: all of its dependencies but those for tests. */
export function builtDependencies(one: Package): readonly ResolvedDependency[] {
  return dependenciesOf(one.toml)
    .filter(({ kind }) => kind !== "dev")
    .map((dependency) => resolveDependency(dependency, one))
}

function follow(
  from: Package,
  { key }: ResolvedDependency,
  folder: string,
  sources: CargoSources,
): Package | Problem {
  const { file } = from.toml
  const line = lineOf(from.toml, key)
  const place = { file, ...(line === undefined ? {} : { line }), path: `dependencies.${key}` }
  if (folder.startsWith("..") || posix.isAbsolute(folder))
    return { ...place, message: `leads to ${folder}, out of the repository. Give a path inside it.` }
  const found = packageOf(folder, sources)
  if (!found.ok) return problemsOf(found)[0] ?? { ...place, message: "is broken." }
  if (found.value !== undefined) return found.value
  return { ...place, message: `there is no package in ${folder}. Correct the path.` }
}

function cycle(way: readonly Package[]): Problem {
  const [first] = way
  const names = way.map(({ name }) => name).join(" → ")
  const message = `${names} depend on each other in a circle. Take one of these dependencies away.`
  return { file: first?.toml.file ?? "Cargo.toml", message }
}
