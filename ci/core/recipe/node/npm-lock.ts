import { posix } from "node:path"
import { z } from "zod"
import { byBytes } from "../../listing.js"
import { failure, success, type Result } from "../../result.js"
import type { Importers, LockedPackageNode, Lockfile, LockSlice } from "./lockfile.js"
import { findFrom, packageName, settle } from "./npm-placement.js"
import { dependencyKinds, parseJson, type PackageJson } from "./package-json.js"

const strings = z.record(z.string(), z.string()).default({})

const entry = z.looseObject({
  name: z.string().optional(),
  link: z.boolean().default(false),
  resolved: z.string().optional(),
  dependencies: strings,
  devDependencies: strings,
  optionalDependencies: strings,
  peerDependencies: strings,
  peerDependenciesMeta: z.record(z.string(), z.looseObject({ optional: z.boolean().optional() })).default({}),
  hasInstallScript: z.boolean().optional(),
  inBundle: z.boolean().default(false),
})
type Entry = z.output<typeof entry>

const packageLock = z.looseObject({
  lockfileVersion: z.number().default(1),
  packages: z.record(z.string(), entry).default({}),
})

/** Reads a package-lock.json, of npm 7 or newer. */
export function parseNpmLock(text: string, file: string): Result<Lockfile> {
  const parsed = parseJson(text, file, packageLock, "npm")
  if (!parsed.ok) return parsed
  const { lockfileVersion, packages } = parsed.value
  if (lockfileVersion < 2) {
    const message = `lockfileVersion ${lockfileVersion} is too old to build from. Run npm install with npm 7 or newer.`
    return failure({ file, message })
  }
  const original = JSON.parse(text.replace(/^\uFEFF/, "")) as { packages?: Record<string, object> }
  return success(new NpmLock(file, packages, original.packages ?? {}))
}

class NpmLock implements Lockfile {
  readonly manager = "npm"
  readonly patches = []
  readonly root: string
  private readonly known: ReadonlySet<string>

  constructor(
    readonly file: string,
    private readonly packages: Readonly<Record<string, Entry>>,
    private readonly original: Readonly<Record<string, object>>,
  ) {
    this.root = posix.dirname(file)
    this.known = new Set(Object.keys(packages))
  }

  localFolder(importer: string, name: string): string | undefined {
    const found = this.find(this.keyOf(importer), name)
    const { link = false, resolved } = (found === undefined ? undefined : this.packages[found]) ?? {}
    return link && resolved !== undefined ? posix.join(this.root, resolved) : undefined
  }

  hasImporter(folder: string): boolean {
    return this.packages[this.keyOf(folder)] !== undefined
  }

  staleness(importer: string, manifest: PackageJson): readonly string[] {
    const locked = this.packages[this.keyOf(importer)]
    const own = importer === this.root ? "package.json" : posix.join(importer, "package.json")
    return dependencyKinds.flatMap((kind) =>
      Object.entries(manifest[kind]).flatMap(([name, range]) => {
        if (kind === "dependencies" && manifest.optionalDependencies[name] !== undefined) return []
        const found = locked?.[kind][name]
        if (found === range) return []
        if (found === undefined) return [`${name} is in ${own}, but not in this lock`]
        return [`this lock is for ${name} ${found}, but ${own} asks for ${range}`]
      }),
    )
  }

  slice(importers: Importers): LockSlice {
    const reached = this.reach(importers, true)
    const required = this.reach(importers, false)
    const keys = [...reached].sort()
    const places = settle({
      keys,
      looksFor: (key) => {
        const importer = importers.get(this.folderOf(key))
        const found = importer === undefined ? this.packages[key] : entry.parse(importer)
        return [...new Set(everyName(found, importer !== undefined))]
      },
      isFixed: (key) => this.packages[key]?.link === true || this.packages[key]?.inBundle === true,
    })
    const packages = Object.fromEntries(
      keys
        .map((key): readonly [string, object] => {
          const importer = importers.get(this.folderOf(key))
          if (importer !== undefined) return [key, this.importerEntry(key, importer)]
          return [places.get(key) ?? key, withoutFlags(this.original[key] ?? {}, !required.has(key))]
        })
        .sort(([left], [right]) => byBytes(left, right)),
    )
    const name = importers.get(this.root)?.name
    return {
      text: json({ ...(name === undefined ? {} : { name }), lockfileVersion: 3, requires: true, packages }),
      packages: keys.filter((key) => key.includes("node_modules/")).map((key) => this.node(key)),
    }
  }

  private importerEntry(key: string, importer: PackageJson): object {
    const { version, workspaces, peerDependenciesMeta, bin, engines, os, cpu } = importer
    const { name } = importer
    const filled = (record: Readonly<Record<string, string>>) =>
      Object.keys(record).length === 0 ? undefined : record
    return {
      ...(key === "" || name !== posix.basename(key) ? { name } : {}),
      ...{ version, workspaces, bin, os, cpu, peerDependenciesMeta },
      engines: Object.keys(engines).length === 0 ? undefined : engines,
      ...Object.fromEntries(
        ([...dependencyKinds, "peerDependencies"] as const).map((kind) => [kind, filled(importer[kind])]),
      ),
    }
  }

  private node(key: string): LockedPackageNode {
    const {
      name = packageName(key),
      dependencies,
      optionalDependencies,
      hasInstallScript,
    } = this.packages[key] ?? blank
    return {
      name,
      dependencies: Object.keys({ ...dependencies, ...optionalDependencies }),
      ...(hasInstallScript === undefined ? {} : { hasInstallScript }),
    }
  }

  /** Keys of all entries that the importers lead to, with or without optional dependencies. */
  private reach(importers: Importers, withOptional: boolean): ReadonlySet<string> {
    const reached = new Set<string>()
    const visit = (key: string): void => {
      if (reached.has(key)) return
      reached.add(key)
      const { link, resolved, ...found } = this.packages[key] ?? blank
      if (link && resolved !== undefined) {
        visit(resolved)
        return
      }
      const importer = importers.get(this.folderOf(key))
      const names =
        importer === undefined ? edges(found, withOptional) : importerEdges(importer, withOptional)
      for (const name of names) {
        const to = this.find(key, name)
        if (to !== undefined) visit(to)
      }
    }
    for (const folder of importers.keys()) {
      const key = this.keyOf(folder)
      if (this.packages[key] !== undefined) visit(key)
      for (const link of this.linksTo(key)) visit(link)
    }
    return reached
  }

  /** The links of the workspace's members lie in the root's node_modules, whoever needs them. */
  private linksTo(key: string): readonly string[] {
    return Object.entries(this.packages).flatMap(([from, { link, resolved }]) =>
      link && resolved === key && posix.dirname(from.replace(/@[^/]+\//, "")) === "node_modules"
        ? [from]
        : [],
    )
  }

  private find(from: string, name: string): string | undefined {
    return findFrom(this.known, from, name)
  }

  private keyOf(folder: string): string {
    return posix.relative(this.root, folder)
  }

  private folderOf(key: string): string {
    return posix.join(this.root, key)
  }
}

const blank: Entry = entry.parse({})

function edges(found: Partial<Entry>, withOptional: boolean): readonly string[] {
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = found
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true)
  const needed = Object.keys(dependencies).filter((name) => optionalDependencies[name] === undefined)
  return [...needed, ...peers, ...(withOptional ? Object.keys(optionalDependencies) : [])]
}

function importerEdges(importer: PackageJson, withOptional: boolean): readonly string[] {
  return [...edges(entry.parse(importer), withOptional), ...Object.keys(importer.devDependencies)]
}

/** Everything that a package or an importer looks for, whether it can do without or not. */
function everyName(found: Entry = blank, isImporter: boolean): readonly string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = found
  const development = isImporter ? devDependencies : {}
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies, ...development })
}

/** Whether a package is for development, a peer or optional depends on who asks; only the last matters to an install. */
function withoutFlags(found: object, isOptional: boolean): object {
  const { dev, devOptional, peer, optional, ...kept } = found as Record<string, unknown>
  void [dev, devOptional, peer, optional]
  return isOptional ? { ...kept, optional: true } : kept
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
