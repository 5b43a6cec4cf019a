import { parse, stringify } from "yaml"
import type { LockSlice } from "./lockfile.js"
import { dependencyKinds, type PackageJson } from "./package-json.js"
import { catalogOf, pickCatalogs } from "./pnpm-lock.js"

/** What of a workspace a part of it keeps. */
export interface WorkspacePart {
  /** Folders of its members, from its root. */
  readonly folders: readonly string[]
  readonly manifests: readonly PackageJson[]
  readonly slice: LockSlice
}

type Catalog = Readonly<Record<string, unknown>>

/** A pnpm-workspace.yaml with exactly these members, and what of its catalogs and lists they use. */
export function slicedWorkspace(text: string, { folders, manifests, slice }: WorkspacePart): string {
  const { packages, catalog, catalogs, ...settings } = (parse(text) ?? {}) as {
    readonly packages?: readonly string[]
    readonly catalog?: Catalog
    readonly catalogs?: Readonly<Record<string, Catalog>>
  } & Record<string, unknown>
  const overrides = (settings["overrides"] ?? {}) as Readonly<Record<string, string>>
  const specs = manifests.flatMap((manifest) =>
    dependencyKinds.flatMap((kind) => Object.entries(manifest[kind])),
  )
  const used = new Set(
    [...specs, ...Object.entries(overrides)]
      .filter(([, spec]) => spec.startsWith("catalog:"))
      .map(([name, spec]) => `${catalogOf(spec)} ${name}`),
  )
  const isUsed = (from: string, name: string) => used.has(`${from} ${name}`)
  const kept = pickCatalogs({ ...catalogs, ...(catalog === undefined ? {} : { default: catalog }) }, isUsed)
  const { default: usual, ...others } =
    catalogs?.["default"] === undefined ? kept : { ...kept, default: undefined }
  const names = new Set(slice.packages.map(({ name }) => name))
  return stringify(
    {
      ...(packages === undefined ? {} : { packages: [...folders] }),
      ...(usual === undefined ? {} : { catalog: usual }),
      ...(Object.keys(others).length === 0 ? {} : { catalogs: others }),
      ...Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => setting(name, value, names))),
    },
    { lineWidth: 0 },
  )
}

/** Settings that list packages keep those that are installed; that other platforms are installed too, no image wants. */
function setting(
  name: string,
  value: unknown,
  names: ReadonlySet<string>,
): readonly (readonly [string, unknown])[] {
  if (name === "supportedArchitectures") return []
  const isList = /^(onlyBuiltDependencies|ignoredBuiltDependencies|neverBuiltDependencies)$/.test(name)
  if (isList && Array.isArray(value))
    return [[name, value.filter((each) => names.has(packageOf(String(each))))]]
  const isMap = /^(patchedDependencies|allowBuilds)$/.test(name)
  if (!isMap || typeof value !== "object" || value === null) return [[name, value]]
  const kept = Object.entries(value).filter(([key]) => names.has(packageOf(key)))
  return kept.length === 0 ? [] : [[name, Object.fromEntries(kept)]]
}

function packageOf(key: string): string {
  return /^(@?[^@]+)/.exec(key)?.[1] ?? key
}

/** The field `pnpm` of a package.json, in the same way. */
export function slicedPnpmField(
  field: Readonly<Record<string, unknown>>,
  slice: LockSlice,
): Record<string, unknown> {
  const names = new Set(slice.packages.map(({ name }) => name))
  return Object.fromEntries(Object.entries(field).flatMap(([name, value]) => setting(name, value, names)))
}
