import { posix } from "node:path"
import { pathWithin } from "../../listing.js"
import type { Package } from "./workspace.js"

/** A program that a package makes. */
export interface Binary {
  readonly name: string
  /** Its main file, from the package's folder. */
  readonly path: string
  /** Features without which Cargo leaves it out. */
  readonly features: readonly string[]
}

/** The programs of a package: those that its Cargo.toml lists, and those that Cargo finds itself. */
export function binariesOf({ folder, toml, name }: Package, paths: readonly string[]): readonly Binary[] {
  const files = innerFiles(folder, paths)
  const found = toml.tables.package?.autobins === false ? [] : foundBinaries(name, files)
  const listed = toml.tables.bin.map((bin) => ({
    name: bin.name,
    path: bin.path ?? found.find((each) => each.name === bin.name)?.path ?? "src/main.rs",
    features: bin["required-features"],
  }))
  const isListed = (one: Binary) => listed.some(({ name, path }) => name === one.name || path === one.path)
  return [...listed, ...found.filter((one) => !isListed(one))]
}

function foundBinaries(name: string, files: readonly string[]): readonly Binary[] {
  return files.flatMap((path) => {
    if (path === "src/main.rs") return [{ name, path, features: [] }]
    const inBin = /^src\/bin\/(?:([^/]+)\.rs|([^/]+)\/main\.rs)$/.exec(path)
    const found = inBin?.[1] ?? inBin?.[2]
    return found === undefined ? [] : [{ name: found, path, features: [] }]
  })
}

/** Whether a package has a library. */
export function hasLibrary({ folder, toml }: Package, paths: readonly string[]): boolean {
  return toml.tables.lib !== undefined || paths.includes(posix.join(folder, "src/lib.rs"))
}

/** Whether a program of a package's own runs before it is compiled. */
export function hasBuildScript({ folder, toml }: Package, paths: readonly string[]): boolean {
  const build = toml.tables.package?.build
  return typeof build === "string" || (build !== false && paths.includes(posix.join(folder, "build.rs")))
}

function innerFiles(folder: string, paths: readonly string[]): readonly string[] {
  const prefix = folder === "." ? "" : `${folder}/`
  return paths.filter((path) => path.startsWith(prefix)).map((path) => pathWithin(path, folder))
}
