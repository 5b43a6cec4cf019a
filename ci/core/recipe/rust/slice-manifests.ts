import { posix } from "node:path"
import { stringify } from "smol-toml"
import { isWithin, tidyPath } from "../../listing.js"
import type { LockSlice } from "./cargo-lock.js"
import { dependenciesOf, type CargoToml } from "./cargo-toml.js"
import type { CargoProject } from "./project.js"
import { isMember, type Package, type Workspace } from "./workspace.js"

/** A table of TOML. */
export type Table = Readonly<Record<string, unknown>>

/**
 * The Cargo.toml of every package and workspace that a build reaches, by path: without tests and what only they need,
 * and with nothing of a workspace that no reached package has.
 */
export function sliceManifests(project: CargoProject, slice: LockSlice): ReadonlyMap<string, Table> {
  const { packages, root } = project
  const tables = new Map(packages.map((one) => [one.toml.file, builtTables(one.toml)] as const))
  const workspaces = new Map(
    packages.flatMap(({ workspace }) => (workspace ? [[workspace.folder, workspace]] : [])),
  )
  for (const workspace of workspaces.values()) {
    const { file } = workspace.toml
    const rest = tables.get(file) ?? withoutPackage(workspace.toml)
    tables.set(file, { ...rest, workspace: slicedWorkspace(workspace, packages) })
  }
  const lockOwner = posix.join(root, "Cargo.toml")
  const { patch, ...rest } = tables.get(lockOwner) ?? {}
  return tables.set(lockOwner, { ...rest, ...(isTable(patch) ? { patch: usedPatches(patch, slice) } : {}) })
}

/** Tables of a Cargo.toml as its text. */
export function renderToml(table: Table): string {
  return stringify(table)
}

function builtTables(toml: CargoToml): Table {
  const kept = withoutKeys(toml.raw, ["dev-dependencies", "test", "bench", "example", "badges"])
  return {
    ...kept,
    ...(isTable(kept["target"])
      ? { target: mapValues(kept["target"], (each) => withoutKeys(each, ["dev-dependencies"])) }
      : {}),
    ...(isTable(kept["features"]) ? { features: builtFeatures(kept["features"], toml) } : {}),
  }
}

/** Features without what they switch on in dependencies for tests. */
function builtFeatures(features: Table, toml: CargoToml): Table {
  const lines = dependenciesOf(toml)
  const built = new Set(lines.filter(({ kind }) => kind !== "dev").map(({ key }) => key))
  const forTests = lines.filter(({ key }) => !built.has(key)).map(({ key }) => key)
  const isKept = (value: unknown) => !forTests.some((key) => String(value).startsWith(`${key}/`))
  return Object.fromEntries(
    Object.entries(features).map(([name, values]) => [
      name,
      Array.isArray(values) ? values.filter(isKept) : values,
    ]),
  )
}

/** What is left of a root whose own package is not built. */
function withoutPackage({ raw }: CargoToml): Table {
  return Object.fromEntries(
    Object.entries(raw).filter(([key]) => ["patch", "profile", "replace"].includes(key)),
  )
}

function slicedWorkspace(workspace: Workspace, packages: readonly Package[]): Table {
  const { folder, toml, tables } = workspace
  const members = packages.filter((one) => one.workspace?.folder === folder)
  const inherited = new Set(members.flatMap((one) => dependenciesOf(one.toml).flatMap(inheritedKey)))
  const settings = new Set(members.flatMap((one) => inheritedSettings(one.toml.raw["package"])))
  const written = isTable(toml.raw["workspace"]) ? toml.raw["workspace"] : {}
  return {
    ...withoutKeys(written, ["default-members", "metadata"]),
    resolver: written["resolver"] ?? resolverOf(toml),
    members: members
      .filter((one) => one.folder !== folder && isMember(one.folder, workspace))
      .map((one) => posix.relative(folder, one.folder)),
    exclude: tables.exclude.filter((each) =>
      packages.some((one) => isWithin(one.folder, tidyPath(posix.join(folder, each)))),
    ),
    ...pick(written, "dependencies", inherited),
    ...pick(written, "package", settings),
  }
}

function inheritedKey({ key, kind, detail }: ReturnType<typeof dependenciesOf>[number]): readonly string[] {
  return kind !== "dev" && detail.workspace === true ? [key] : []
}

function inheritedSettings(table: unknown): readonly string[] {
  if (!isTable(table)) return []
  return Object.entries(table).flatMap(([key, value]) =>
    isTable(value) && value["workspace"] === true ? [key] : [],
  )
}

function pick(from: Table, name: string, keys: ReadonlySet<string>): Table {
  const table = from[name]
  if (!isTable(table)) return {}
  return { [name]: Object.fromEntries(Object.entries(table).filter(([key]) => keys.has(key))) }
}

/** The resolver that Cargo takes by the edition of a root package, which is gone from a slice. */
function resolverOf({ tables }: CargoToml): string {
  const edition = tables.package?.edition
  if (edition === "2024") return "3"
  return edition === "2021" ? "2" : "1"
}

function usedPatches(patch: Table, slice: LockSlice): Table {
  const names = new Set([...slice.keys()].map(({ name }) => name))
  const isUsed = ([key, detail]: [string, unknown]) =>
    names.has(isTable(detail) && typeof detail["package"] === "string" ? detail["package"] : key)
  return mapValues(patch, (table) => Object.fromEntries(Object.entries(table).filter(isUsed)))
}

function mapValues(table: Table, change: (value: Table) => Table): Table {
  return Object.fromEntries(
    Object.entries(table).map(([key, value]) => [key, isTable(value) ? change(value) : value]),
  )
}

/** A table without some of its keys. */
export function withoutKeys(table: Table, keys: readonly string[]): Table {
  return Object.fromEntries(Object.entries(table).filter(([key]) => !keys.includes(key)))
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
