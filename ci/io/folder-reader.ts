import type { Dirent } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { join, posix } from "node:path"
import { isDenied } from "./denied.js"
import { IgnoreRules } from "./ignore-rules.js"

/** A file or link under its name in form NFC, and its name on disk. */
export interface FoundFile {
  readonly kind: "file"
  readonly path: string
  readonly diskPath: string
  readonly isLink: boolean
}

/** A folder under its name in form NFC, its name on disk, and the rules of the folders above. */
export interface FoundFolder {
  readonly kind: "folder"
  readonly path: string
  readonly diskPath: string
  readonly outerRules: IgnoreRules
}

/** The top of every repository. */
export const rootFolder: FoundFolder = {
  kind: "folder",
  path: ".",
  diskPath: ".",
  outerRules: IgnoreRules.none,
}

/** Reads folders without what is ignored in them, each folder once; links are neither followed nor entered. */
export class FolderReader {
  /** Folders that were met and may not be read: nothing is found in them. */
  readonly denied = new Set<string>()
  private readonly contents = new Map<string, Promise<readonly (FoundFile | FoundFolder)[]>>()

  constructor(private readonly root: string) {}

  /** What is directly in a folder. */
  content(folder: FoundFolder): Promise<readonly (FoundFile | FoundFolder)[]> {
    const known = this.contents.get(folder.path) ?? this.read(folder)
    this.contents.set(folder.path, known)
    return known
  }

  /** Every file below a folder, or the file of that name itself; none where it is ignored or absent. */
  async filesIn(path: string): Promise<readonly FoundFile[]> {
    const found = await this.find(path)
    if (found === undefined) return []
    return found.kind === "file" ? [found] : this.filesBelow(found)
  }

  /** What has a path; found name by name from the root, so that every .gitignore on the way counts. */
  async find(path: string): Promise<FoundFile | FoundFolder | undefined> {
    if (path === ".") return rootFolder
    const outer = await this.find(posix.dirname(path))
    if (outer?.kind !== "folder") return undefined
    return (await this.content(outer)).find((inner) => inner.path === path.normalize("NFC"))
  }

  private async filesBelow(folder: FoundFolder): Promise<readonly FoundFile[]> {
    const content = await this.content(folder)
    const files = content.map(async (inner) => (inner.kind === "file" ? [inner] : this.filesBelow(inner)))
    return (await Promise.all(files)).flat()
  }

  private async entries(path: string, diskPath: string): Promise<readonly Dirent[]> {
    try {
      return await readdir(join(this.root, diskPath), { withFileTypes: true })
    } catch (error) {
      if (!isDenied(error)) throw error
      this.denied.add(path)
      return []
    }
  }

  private async read({
    path,
    diskPath,
    outerRules,
  }: FoundFolder): Promise<readonly (FoundFile | FoundFolder)[]> {
    const entries = await this.entries(path, diskPath)
    const hasRules = entries.some((entry) => entry.name === ".gitignore" && entry.isFile())
    const rules = hasRules
      ? outerRules.with(path, await readFile(join(this.root, diskPath, ".gitignore"), "utf8"))
      : outerRules
    return entries.flatMap((entry): (FoundFile | FoundFolder)[] => {
      const names = {
        path: posix.join(path, entry.name.normalize("NFC")),
        diskPath: posix.join(diskPath, entry.name),
      }
      if (rules.ignores(names.path, entry.isDirectory())) return []
      if (entry.isDirectory()) return [{ kind: "folder", ...names, outerRules: rules }]
      const isLink = entry.isSymbolicLink()
      return isLink || entry.isFile() ? [{ kind: "file", ...names, isLink }] : []
    })
  }
}
