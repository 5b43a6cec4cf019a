import { exactMatcher, treeMatcher } from "../globs.js"

/** Folders of services that a fleet's globs neither match nor take away. */
export function unlistedFolders(folders: readonly string[], globs: readonly string[]): readonly string[] {
  const isListed = exactMatcher(globs)
  const isTakenAway = treeMatcher(globs.flatMap((glob) => (glob.startsWith("!") ? [glob.slice(1)] : [])))
  return folders.filter((folder) => !isListed(folder) && !isTakenAway(folder))
}
