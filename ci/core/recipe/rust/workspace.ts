import { posix } from "node:path"
import { exactMatcher } from "../../globs.js"
import { isWithin, tidyPath } from "../../listing.js"
import { problemsOf, failure, success, type Result } from "../../result.js"
import { upwards, type CargoSources } from "./cargo-sources.js"
import type { CargoTables, CargoToml, Dependency } from "./cargo-toml.js"

/** A folder whose Cargo.toml has a `[workspace]`. */
export interface Workspace {
  readonly folder: string
  readonly toml: CargoToml
  readonly tables: NonNullable<CargoTables["workspace"]>
}

/** A folder whose Cargo.toml has a `[package]`. */
export interface Package {
  readonly folder: string
  readonly toml: CargoToml
  readonly name: string
  readonly version: string
  /** Where it inherits from, and whose lock it has. */
  readonly workspace: Workspace | undefined
}

/** The workspace of a folder: its own, the one that its package names, or the nearest above that does not exclude it. */
export function workspaceOf(
  folder: string,
  toml: CargoToml,
  sources: CargoSources,
): Result<Workspace | undefined> {
  const own = toWorkspace(folder, toml)
  if (own !== undefined) return success(own)
  const named = toml.tables.package?.workspace
  const above = named === undefined ? upwards(posix.dirname(folder)) : [tidyPath(posix.join(folder, named))]
  if (folder === ".") return success(undefined)
  for (const each of above) {
    const found = sources.toml(each)
    if (!found.ok) return found
    const workspace = found.value === undefined ? undefined : toWorkspace(each, found.value)
    if (workspace !== undefined && !isExcluded(folder, workspace)) return success(workspace)
  }
  return success(undefined)
}

/** The package of a folder; undefined where there is none. */
export function packageOf(folder: string, sources: CargoSources): Result<Package | undefined> {
  const toml = sources.toml(folder)
  if (!toml.ok) return toml
  const table = toml.value?.tables.package
  if (toml.value === undefined || table === undefined) return success(undefined)
  const workspace = workspaceOf(folder, toml.value, sources)
  if (!workspace.ok) return failure(...problemsOf(workspace))
  const version = inheritedText(table.version, "version", workspace.value)
  return success({
    folder,
    toml: toml.value,
    name: table.name,
    version: version ?? "0.0.0",
    workspace: workspace.value,
  })
}

/** A value of `[package]`, which may be the workspace's. */
export function inheritedText(
  value: string | object | undefined,
  key: string,
  workspace: Workspace | undefined,
): string | undefined {
  if (value === undefined || typeof value === "string") return value
  const inherited = workspace?.tables.package[key]
  return typeof inherited === "string" ? inherited : undefined
}

/** A dependency as its package means it. */
export interface ResolvedDependency extends Dependency {
  /** The name under which it is published. */
  readonly package: string
  readonly requirement: string | undefined
  readonly git: string | undefined
  /** Its folder from the repository's root; begins with `..` outside. */
  readonly path: string | undefined
}

/** Fills in what a dependency inherits from its workspace. */
export function resolveDependency(
  dependency: Dependency,
  { folder, workspace }: Pick<Package, "folder" | "workspace">,
): ResolvedDependency {
  const { key, detail } = dependency
  const isInherited = detail.workspace === true
  const source = isInherited ? workspace?.tables.dependencies[key] : detail
  const base = isInherited ? (workspace?.folder ?? folder) : folder
  return {
    ...dependency,
    package: source?.package ?? key,
    requirement: source?.version,
    git: source?.git,
    path: source?.path === undefined ? undefined : tidyPath(posix.join(base, source.path)),
  }
}

/** Whether a workspace lists a folder as a member, or holds it. */
export function isMember(folder: string, workspace: Workspace): boolean {
  return (
    folder === workspace.folder ||
    isListed(folder, workspace, workspace.tables.members) ||
    (isWithin(folder, workspace.folder) && !isExcluded(folder, workspace))
  )
}

/** Whether some globs of a workspace name a folder. */
export function isListed(folder: string, workspace: Workspace, globs: readonly string[]): boolean {
  return exactMatcher(globs.map((glob) => tidyPath(posix.join(workspace.folder, glob))))(folder)
}

/** Whether a workspace's `exclude` takes a folder away. */
export function isExcluded(folder: string, workspace: Workspace): boolean {
  const isBelow = (path: string) => isWithin(folder, tidyPath(posix.join(workspace.folder, path)))
  return workspace.tables.exclude.some(isBelow) && !workspace.tables.members.some(isBelow)
}

function toWorkspace(folder: string, toml: CargoToml): Workspace | undefined {
  const tables = toml.tables.workspace
  return tables === undefined ? undefined : { folder, toml, tables }
}
