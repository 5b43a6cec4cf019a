import { posix } from "node:path"

/** One file, or link, as a build sees it; nothing about owner, time or umask. */
export interface FileEntry {
  /** Relative to the repository's root, with slashes, in Unicode form NFC. */
  readonly path: string
  readonly executable: boolean
  /** Where a symbolic link points, as written; absent for files. */
  readonly link?: string
  /** Hexadecimal sha256 of the content, or of the link's target. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** What the build sees in place of the file on disk; absent where it sees the file itself. */
  readonly text?: string
}

/** Files sorted by path, bytewise, each path once. */
export type Listing = readonly FileEntry[]

/** Compares as the UTF-8 bytes of both would: the order of a listing, equal on every machine. */
export function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

/** Puts entries in order; a path that comes twice is kept once. */
export function toListing(entries: Iterable<FileEntry>): Listing {
  const byPath = new Map([...entries].map((entry) => [entry.path, entry]))
  return [...byPath.values()].sort((left, right) => byBytes(left.path, right.path))
}

/** True for the folder itself and everything below it; `.` holds every path. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`)
}

/** The part of a listing at or below a folder, paths unchanged. */
export function slice(listing: Listing, folder: string): Listing {
  return listing.filter((entry) => isWithin(entry.path, folder))
}

/** A path as listings write it: no `./` in front, no slash at the end. */
export function tidyPath(path: string): string {
  return posix.normalize(path).replace(/\/$/, "").normalize("NFC")
}

/** A path as seen from a folder that holds it: `a/b/c` in `a` is `b/c`. */
export function pathWithin(path: string, folder: string): string {
  return folder === "." ? path : path.slice(folder.length + 1)
}
