import { posix } from "node:path"
import { exactMatcher } from "../globs.js"
import { byBytes } from "../listing.js"

/** Globs that match exactly some of the folders that there are: few and short ones, such as `src/*` and `!src/shared`. */
export function globsFor(services: readonly string[], folders: readonly string[]): readonly string[] {
  const globs: string[] = []
  const exceptions: string[] = []
  let left = [...services].sort(byBytes)
  while (left.length > 0) {
    const [best] = patternsFor(left)
      .map((pattern) => judge(pattern, left, services, folders))
      .filter(({ covered, extra }) => covered.length > 1 && extra.length + 1 < covered.length)
      .sort((one, other) => other.covered.length - one.covered.length || byBytes(one.pattern, other.pattern))
    if (best === undefined) break
    globs.push(best.pattern)
    exceptions.push(...best.extra.map((folder) => `!${escaped(folder)}`))
    left = left.filter((folder) => !best.covered.includes(folder))
  }
  return [...[...globs, ...left.map(escaped)].sort(byBytes), ...exceptions.sort(byBytes)]
}

/** One name of each folder's path replaced by a star. */
function patternsFor(folders: readonly string[]): readonly string[] {
  const patterns = folders
    .filter((folder) => folder !== ".")
    .flatMap((folder) => {
      const names = folder.split("/").map(escaped)
      return names.map((_, index) => names.map((name, at) => (at === index ? "*" : name)).join("/"))
    })
  return [...new Set(patterns)]
}

function judge(
  pattern: string,
  left: readonly string[],
  services: readonly string[],
  folders: readonly string[],
) {
  const matches = exactMatcher([pattern])
  const extra = folders.filter((folder) => matches(folder) && !services.includes(folder))
  return { pattern, covered: left.filter(matches), extra }
}

/** A path in which nothing is a glob. */
function escaped(path: string): string {
  return path.replaceAll(/[\\*?[\](){}!+@|]/g, "\\$&")
}

/** All folders that hold some files, the files' own and those around them. */
export function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>()
  for (const path of paths)
    for (
      let folder = posix.dirname(path);
      folder !== "." && !folders.has(folder);
      folder = posix.dirname(folder)
    )
      folders.add(folder)
  return [...folders]
}
