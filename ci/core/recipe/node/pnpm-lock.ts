import { posix } from "node:path"
import { parse, stringify } from "yaml"
import { z } from "zod"
import { failure, success, type Result } from "../../result.js"
import type { Importers, LockedPackageNode, Lockfile, LockSlice } from "./lockfile.js"
import { dependencyKinds, wantedPackages, type PackageJson } from "./package-json.js"

const wanted = z.record(z.string(), z.looseObject({ specifier: z.string(), version: z.string() })).default({})
const strings = z.record(z.string(), z.string()).default({})

const importer = z.looseObject({
  dependencies: wanted,
  devDependencies: wanted,
  optionalDependencies: wanted,
})
const snapshot = z.looseObject({ dependencies: strings, optionalDependencies: strings })

const pnpmLock = z.looseObject({
  lockfileVersion: z.coerce.string(),
  catalogs: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  patchedDependencies: z
    .record(z.string(), z.union([z.string(), z.looseObject({ path: z.string().optional() })]))
    .optional(),
  importers: z.record(z.string(), importer).default({}),
  packages: z.record(z.string(), z.looseObject({})).default({}),
  snapshots: z.record(z.string(), snapshot.nullable()).default({}),
})
type PnpmLockText = z.output<typeof pnpmLock>

/** Reads a pnpm-lock.yaml, of pnpm 9 or newer. */
export function parsePnpmLock(text: string, file: string): Result<Lockfile> {
  const checked = pnpmLock.safeParse(safely(text))
  if (!checked.success) {
    const path = checked.error.issues[0]?.path.join(".") ?? ""
    return failure({
      file,
      path,
      message: "is not what pnpm writes there. Run pnpm install to see what is wrong.",
    })
  }
  const { lockfileVersion } = checked.data
  if (!(Number.parseFloat(lockfileVersion) >= 9)) {
    const message = `lockfileVersion ${lockfileVersion} is too old to build from. Run pnpm install with pnpm 9 or newer.`
    return failure({ file, message })
  }
  return success(new PnpmLock(file, checked.data))
}

function safely(text: string): unknown {
  try {
    // Only its last document: pnpm may keep its own version in one before.
    return parse(text.split(/^---\s*$/m).at(-1) ?? "", { maxAliasCount: 0 }) as unknown
  } catch {
    return undefined
  }
}

class PnpmLock implements Lockfile {
  readonly manager = "pnpm"
  readonly root: string
  readonly patches: readonly string[]

  constructor(
    readonly file: string,
    private readonly lock: PnpmLockText,
  ) {
    this.root = posix.dirname(file)
    this.patches = Object.values(lock.patchedDependencies ?? {}).flatMap((patch) =>
      typeof patch === "object" && patch.path !== undefined ? [posix.join(this.root, patch.path)] : [],
    )
  }

  localFolder(from: string, name: string): string | undefined {
    const found = this.importer(from)
    const wanted = dependencyKinds.map((kind) => found?.[kind][name])
    const version = wanted.find((each) => each !== undefined)?.version
    if (version === undefined) return undefined
    if (version.startsWith("link:")) return posix.join(from, version.slice("link:".length))
    const path = /^(?:.*@)?file:([^(]*)/.exec(version)?.[1]
    return path === undefined || /\.(tgz|tar\.gz)$/.test(path) ? undefined : posix.join(this.root, path)
  }

  hasImporter(folder: string): boolean {
    return this.importer(folder) !== undefined
  }

  staleness(from: string, manifest: PackageJson): readonly string[] {
    const found = this.importer(from)
    const own = from === this.root ? "package.json" : posix.join(from, "package.json")
    if (found === undefined) return [`${own} is not in this lock`]
    return Object.entries(wantedPackages(manifest, dependencyKinds)).flatMap(([name, range]) => {
      const locked = dependencyKinds
        .map((kind) => found[kind][name]?.specifier)
        .find((one) => one !== undefined)
      if (locked === range || (locked !== undefined && this.isOverridden(name))) return []
      if (locked === undefined)
        return this.isIgnored(name) ? [] : [`${name} is in ${own}, but not in this lock`]
      return [`this lock is for ${name} ${locked}, but ${own} asks for ${range}`]
    })
  }

  slice(importers: Importers): LockSlice {
    const { catalogs, patchedDependencies, ...lock } = this.lock
    const chosen = new Map(
      [...importers].map(([folder, manifest]) => [this.keyOf(folder), this.sliced(folder, manifest)]),
    )
    const snapshots = this.reach([...chosen.values()])
    const packageKeys = new Set([...snapshots].map(withoutPeers))
    const names = new Set([...packageKeys].map(nameOf))
    const held = <T>(all: Readonly<Record<string, T>>, isHeld: (key: string) => boolean) =>
      Object.fromEntries(Object.entries(all).filter(([key]) => isHeld(key)))
    const text = stringify(
      {
        ...lock,
        ...(catalogs === undefined ? {} : { catalogs: usedCatalogs(catalogs, [...chosen.values()]) }),
        ...(patchedDependencies === undefined
          ? {}
          : { patchedDependencies: held(patchedDependencies, (key) => names.has(nameOf(key))) }),
        importers: Object.fromEntries(
          [...chosen].map(([key, kinds]) => [
            key,
            Object.fromEntries(Object.entries(kinds).filter(isFilled)),
          ]),
        ),
        packages: held(this.lock.packages, (key) => packageKeys.has(key)),
        snapshots: Object.fromEntries(
          Object.entries(held(this.lock.snapshots, (key) => snapshots.has(key))).map(([key, found]) => [
            key,
            Object.fromEntries(Object.entries(found ?? {}).filter(isFilled)),
          ]),
        ),
      },
      { lineWidth: 0, aliasDuplicateObjects: false },
    )
    return { text, packages: [...snapshots].map((key) => this.node(key)) }
  }

  private node(key: string): LockedPackageNode {
    const { dependencies = {}, optionalDependencies = {} } = this.lock.snapshots[key] ?? {}
    return { name: nameOf(key), dependencies: Object.keys({ ...dependencies, ...optionalDependencies }) }
  }

  /** What an importer as it is to be installed has of its entry in the lock; peers that pnpm installs by itself stay. */
  private sliced(folder: string, manifest: PackageJson): z.output<typeof importer> {
    const found = this.importer(folder) ?? importer.parse({})
    const all = { ...found.devDependencies, ...found.dependencies, ...found.optionalDependencies }
    const kinds = dependencyKinds.map((kind) => {
      const names = [
        ...Object.keys(manifest[kind]),
        ...(kind === "dependencies" ? Object.keys(manifest.peerDependencies) : []),
      ]
      const isElsewhere = (name: string) =>
        manifest[kind][name] === undefined && wantedPackages(manifest, dependencyKinds)[name] !== undefined
      const entries = [...new Set(names)]
        .sort()
        .flatMap((name) => (all[name] === undefined || isElsewhere(name) ? [] : [[name, all[name]] as const]))
      return [kind, Object.fromEntries(entries)] as const
    })
    return { ...found, ...Object.fromEntries(kinds) }
  }

  private reach(importers: readonly z.output<typeof importer>[]): ReadonlySet<string> {
    const reached = new Set<string>()
    const visit = (name: string, version: string): void => {
      const key = [`${name}@${version}`, version].find((each) => this.lock.snapshots[each] !== undefined)
      if (key === undefined || reached.has(key)) return
      reached.add(key)
      const { dependencies = {}, optionalDependencies = {} } = this.lock.snapshots[key] ?? {}
      for (const [inner, at] of Object.entries({ ...dependencies, ...optionalDependencies })) visit(inner, at)
    }
    for (const each of importers) {
      for (const kind of dependencyKinds) {
        for (const [name, { version }] of Object.entries(each[kind])) visit(name, version)
      }
    }
    return reached
  }

  private importer(folder: string): z.output<typeof importer> | undefined {
    return this.lock.importers[this.keyOf(folder)]
  }

  private keyOf(folder: string): string {
    return posix.relative(this.root, folder) || "."
  }

  private isOverridden(name: string): boolean {
    const overrides = Object.keys((this.lock["overrides"] as object | undefined) ?? {})
    return overrides.some(
      (each) =>
        each
          .split(">")
          .at(-1)
          ?.replace(/(.)@.*$/, "$1") === name,
    )
  }

  private isIgnored(name: string): boolean {
    return ((this.lock["ignoredOptionalDependencies"] as string[] | undefined) ?? []).includes(name)
  }
}

function usedCatalogs(
  catalogs: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  importers: readonly z.output<typeof importer>[],
): object {
  const used = new Set(
    importers.flatMap((each) =>
      dependencyKinds.flatMap((kind) =>
        Object.entries(each[kind]).flatMap(([name, { specifier }]) =>
          specifier.startsWith("catalog:") ? [`${catalogOf(specifier)} ${name}`] : [],
        ),
      ),
    ),
  )
  return pickCatalogs(catalogs, (catalog, name) => used.has(`${catalog} ${name}`))
}

/** The catalogs with the entries that are wanted; none that is empty. */
export function pickCatalogs(
  catalogs: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  isWanted: (catalog: string, name: string) => boolean,
): Record<string, Record<string, unknown>> {
  const picked = Object.entries(catalogs).map(
    ([catalog, entries]) =>
      [
        catalog,
        Object.fromEntries(Object.entries(entries).filter(([name]) => isWanted(catalog, name))),
      ] as const,
  )
  return Object.fromEntries(picked.filter(([, entries]) => Object.keys(entries).length > 0))
}

/** The catalog that a specifier names: `catalog:` is the default one. */
export function catalogOf(specifier: string): string {
  return specifier.slice("catalog:".length) || "default"
}

function isFilled([, value]: readonly [string, unknown]): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length > 0
}

function withoutPeers(key: string): string {
  return key.replace(/\(.*$/, "")
}

function nameOf(key: string): string {
  return /^(@?[^@]+)/.exec(key)?.[1] ?? key
}
