import { posix } from "node:path"
import { treeMatcher } from "../../globs.js"
import { isWithin, pathWithin } from "../../listing.js"
import type { GoModule, GoWorkspace, ReadText } from "./workspace.js"
import { readGoSource, type GoImport } from "./go-source.js"

/** Gives the files in a folder, or undefined where they are not known yet. */
export type ListFiles = (folder: string) => readonly string[] | undefined

/** What a main package is built from, as far as this repository holds it. */
export interface GoReach {
  /** Modules that the build reads at least the go.mod of, the main one first. */
  readonly modules: readonly GoModule[]
  /** Files of the reached packages, as far as they lie in modules of the repository. */
  readonly files: ReadonlySet<string>
  /** Imports of packages that no module of the repository holds, and of packages in it that have no files. */
  readonly outside: readonly FileImport[]
  readonly absent: readonly (FileImport & { readonly folder: string })[]
}

/** An import with the file that it stands in. */
export interface FileImport extends GoImport {
  readonly file: string
}

/** True for a package of Go itself: its path begins with no domain. */
export function isStandard(path: string): boolean {
  return !/^[^/]+\./.test(path)
}

/** Follows the imports of a main package through the modules of a repository; files that only tests read are left out. */
export function reachOf(workspace: GoWorkspace, main: string, read: ReadText, list: ListFiles): GoReach {
  const files = new Set<string>()
  const outside: FileImport[] = []
  const absent: (FileImport & { folder: string })[] = []
  const imported = new Set<GoModule>()
  const visited = new Set([main])
  for (const folder of visited) {
    const owner = ownerOf(workspace, folder)
    if (owner === undefined) continue
    const all = list(owner.folder) ?? []
    const found = packageFiles(all, folder)
    for (const file of found.files) files.add(file)
    for (const file of found.go) {
      const text = read(file)
      if (text === undefined) continue
      const source = readGoSource(text)
      for (const each of embedded(all, folder, source.embeds)) files.add(each)
      if (source.isIgnored) continue
      for (const { path, line } of source.imports) {
        if (path === "C") for (const each of all) if (isWithin(each, folder) && !isTest(each)) files.add(each)
        const target = localPackage(workspace, path)
        if (target === undefined) outside.push({ file, path, line })
        else {
          imported.add(target.module)
          const isKnown = list(target.module.folder) !== undefined
          if (isKnown && packageFiles(list(target.module.folder) ?? [], target.folder).go.length === 0)
            absent.push({ file, path, line, folder: target.folder })
          visited.add(target.folder)
        }
      }
    }
  }
  return { modules: neededModules(workspace, imported), files, outside, absent }
}

/** The module with the longest path that holds a package, if it is one of the repository's own. */
function localPackage(
  { modules }: GoWorkspace,
  path: string,
): { readonly module: GoModule; readonly folder: string } | undefined {
  const required = modules.flatMap(({ mod }) => mod.requires)
  const [module] = modules
    .filter((each) => each.path !== "" && isWithin(path, each.path))
    .sort((left, right) => right.path.length - left.path.length)
  if (module === undefined) return undefined
  if (required.some((each) => isWithin(path, each.path) && each.path.length > module.path.length))
    return undefined
  return { module, folder: posix.join(module.folder, pathWithin(path, module.path)) }
}

/** The main module, those whose packages are imported, and those that a reached module requires, in the order found. */
function neededModules({ main, modules }: GoWorkspace, imported: ReadonlySet<GoModule>): readonly GoModule[] {
  const needed = new Set([main, ...imported])
  for (const { mod } of needed)
    for (const { path } of mod.requires)
      for (const module of modules) if (module.path === path) needed.add(module)
  return [...needed]
}

/** The module that a folder is in: the deepest one. */
function ownerOf({ modules }: GoWorkspace, folder: string): GoModule | undefined {
  return modules
    .filter((each) => isWithin(folder, each.folder))
    .sort((left, right) => right.folder.length - left.folder.length)[0]
}

interface PackageFiles {
  readonly files: readonly string[]
  readonly go: readonly string[]
}

const noFiles: PackageFiles = { files: [], go: [] }
const indexes = new WeakMap<readonly string[], ReadonlyMap<string, PackageFiles>>()

function packageFiles(all: readonly string[], folder: string): PackageFiles {
  const index = indexes.get(all) ?? indexOf(all)
  indexes.set(all, index)
  return index.get(folder) ?? noFiles
}

/** What the go command takes for a part of a package, by the ends of names. */
const sources = /\.(go|c|cc|cpp|cxx|m|h|hh|hpp|hxx|f|F|for|f90|s|S|sx|swig|swigcxx|syso)$/

function indexOf(all: readonly string[]): ReadonlyMap<string, PackageFiles> {
  const index = new Map<string, { files: string[]; go: string[] }>()
  for (const path of all) {
    if (!sources.test(path) || isTest(path)) continue
    const folder = posix.dirname(path)
    const entry = index.get(folder) ?? { files: [], go: [] }
    index.set(folder, entry)
    entry.files.push(path)
    if (path.endsWith(".go") && !/^[._]/.test(posix.basename(path))) entry.go.push(path)
  }
  return index
}

function isTest(path: string): boolean {
  return path.endsWith("_test.go")
}

function embedded(all: readonly string[], folder: string, patterns: readonly string[]): readonly string[] {
  if (patterns.length === 0) return []
  const matches = treeMatcher(patterns)
  return all.filter((path) => isWithin(path, folder) && matches(pathWithin(path, folder)))
}
