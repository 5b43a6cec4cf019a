import { posix } from "node:path"
import type { FileEntry } from "./listing.js"
import type { Problem } from "./problem.js"

/** The problem of a link that leads out of the repository, where a build cannot follow; undefined for all else. */
export function linkProblem({ path, link }: FileEntry): Problem | undefined {
  if (link === undefined) return undefined
  const target = posix.join(posix.dirname(path), link)
  const leadsOut = posix.isAbsolute(link) || target === ".." || target.startsWith("../")
  if (!leadsOut) return undefined
  return {
    file: path,
    message: `is a link to ${link}, out of the repository. Replace it by a copy, or ignore it.`,
  }
}

/** The problem of a link to a file of the repository that is no input, so that the build would not find it. */
export function danglingProblem(entry: FileEntry, isInput: (path: string) => boolean): Problem | undefined {
  if (entry.link === undefined) return undefined
  const target = posix.join(posix.dirname(entry.path), entry.link)
  if (isInput(target)) return undefined
  return {
    file: entry.path,
    message: `is a link to ${target}, which the build does not see. Name ${target} in uses.`,
  }
}
