import { posix } from "node:path"
import { isWithin, pathWithin } from "../listing.js"

/** Folders in which nobody looks for services: what others wrote, what is generated, tests, examples, hidden ones. */
const aside =
  /(^|\/)(node_modules|bower_components|vendor|third[_-]party|testdata|tests?|__tests__|__fixtures__|fixtures|e2e|examples?|samples?|docs?|hack|scripts|dist|target|coverage|\.[^/]+)\//i

/** Paths by folder; made once for a list, however often it is looked at. */
class PathIndex {
  readonly there: ReadonlySet<string>
  readonly names = new Map<string, string[]>()
  private readonly below = new Map<string, readonly string[]>()

  constructor(private readonly paths: readonly string[]) {
    this.there = new Set(paths)
    for (const path of paths) {
      const folder = posix.dirname(path)
      const names = this.names.get(folder) ?? []
      this.names.set(folder, names)
      names.push(posix.basename(path))
    }
  }

  within(folder: string): readonly string[] {
    const known = this.below.get(folder)
    if (known !== undefined) return known
    const found = this.paths.filter((path) => isWithin(path, folder)).map((path) => pathWithin(path, folder))
    this.below.set(folder, found)
    return found
  }
}

const indexes = new WeakMap<readonly string[], PathIndex>()

/**
 * The files of a repository for somebody who finds out what is in it: all names are known, texts as far as they were
 * read. It remembers what was asked for, so that reading goes on with that.
 */
export class RepositoryView {
  private readonly index: PathIndex
  private readonly asked = new Set<string>()

  constructor(
    readonly paths: readonly string[],
    readonly texts: ReadonlyMap<string, string | undefined>,
    /** The folder in which services are looked for: whoever names it means it, whatever its own name is. */
    readonly start: string,
  ) {
    this.index = indexes.get(paths) ?? new PathIndex(paths)
    indexes.set(paths, this.index)
  }

  /** Whether there is a file. */
  has(path: string): boolean {
    return this.index.there.has(path)
  }

  /** True for a file in a folder where nobody looks for services. */
  isAside(path: string): boolean {
    return liesAside(isWithin(path, this.start) ? pathWithin(path, this.start) : path)
  }

  /** A file's text; undefined where there is none, or it was not read yet. */
  text(path: string): string | undefined {
    this.ask([path])
    return this.texts.get(path)
  }

  /** Notes that some texts are wanted; files that are not there are none. */
  ask(paths: Iterable<string>): void {
    for (const path of paths) if (this.has(path)) this.asked.add(path)
  }

  /** What was asked for and not read yet. */
  unread(): readonly string[] {
    return [...this.asked].filter((path) => !this.texts.has(path))
  }

  /** Files below a folder, as seen from it. */
  within(folder: string): readonly string[] {
    return this.index.within(folder)
  }

  /** Names of the files that lie directly in a folder. */
  namesIn(folder: string): readonly string[] {
    return this.index.names.get(folder) ?? []
  }

  /** The first of some names that is a file of a folder. */
  first(folder: string, names: readonly string[]): string | undefined {
    return names.find((name) => this.has(posix.join(folder, name)))
  }
}

/** True for a path through a folder in which nobody looks for services. */
export function liesAside(path: string): boolean {
  return aside.test(path)
}

/** A folder that may be a service, and folders in it that are services of their own. */
export interface Place {
  readonly folder: string
  readonly nested: readonly string[]
}
