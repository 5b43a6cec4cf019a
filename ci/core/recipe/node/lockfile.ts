import type { PackageJson } from "./package-json.js"

/** The package managers; yarn's first version and those from its second on have little in common. */
export type ManagerName = "npm" | "pnpm" | "yarn1" | "yarn4"

/** What a lockfile says of one package that it pins. */
export interface LockedPackageNode {
  readonly name: string
  /** Names of what it depends on. */
  readonly dependencies: readonly string[]
  /** Known by npm's lockfiles alone: whether it has scripts that run when it is installed. */
  readonly hasInstallScript?: boolean
}

/** Packages of the repository that install together, by folder from the repository's root, as they are to be installed. */
export type Importers = ReadonlyMap<string, PackageJson>

/** A part of a lockfile: what some importers reach. */
export interface LockSlice {
  readonly text: string
  readonly packages: readonly LockedPackageNode[]
}

/** A package manager's lockfile, read. All folders are from the repository's root. */
export interface Lockfile {
  readonly manager: ManagerName
  /** Path of the lockfile, and the folder that it lies in. */
  readonly file: string
  readonly root: string
  /** The folder of the repository that a dependency of an importer is; undefined for one from a registry. */
  localFolder(importer: string, name: string, spec: string): string | undefined
  /** Whether the lockfile knows a folder as one whose dependencies it holds. */
  hasImporter(folder: string): boolean
  /** What an importer asks for and this lockfile does not hold, in words. */
  staleness(importer: string, manifest: PackageJson): readonly string[]
  /** The lockfile that holds exactly what the importers reach. */
  slice(importers: Importers): LockSlice
  /** Files beside it that installing reads, such as patches. */
  readonly patches: readonly string[]
}

/** A dependency that is a package's archive in the repository: `file:x.tgz`. */
export function isArchive(spec: string): boolean {
  return /^(file:)?[^:]*\.(tgz|tar\.gz)$/.test(spec) && !/^[a-z]+:\/\//.test(spec)
}
