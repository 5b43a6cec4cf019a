import { posix } from "node:path"
import { exactMatcher, globReach } from "../core/globs.js"
import { byBytes } from "../core/listing.js"
import { mistakenNames, serviceFile } from "../core/manifest/parse.js"
import type { FolderReader, FoundFolder } from "./folder-reader.js"

/**
 * The paths of all service.yaml files in folders that the globs match, sorted; only folders in reach are read. Where a
 * folder has none but a file that was meant to be one, its path is there, so that somebody can say so.
 */
export async function discoverServices(
  reader: FolderReader,
  globs: readonly string[],
): Promise<readonly string[]> {
  const matches = exactMatcher(globs)
  const found = new Set<string>()
  const search = async (folder: FoundFolder, depth: number): Promise<void> => {
    const content = await reader.content(folder)
    const manifest = [serviceFile, ...mistakenNames(serviceFile)]
      .map((name) => posix.join(folder.path, name))
      .find((path) => content.some((inner) => inner.kind === "file" && !inner.isLink && inner.path === path))
    if (manifest !== undefined && matches(folder.path)) found.add(manifest)
    if (depth === 0) return
    const folders = content.filter((inner) => inner.kind === "folder")
    await Promise.all(folders.map((inner) => search(inner, depth - 1)))
  }
  for (const glob of globs.filter((each) => !each.startsWith("!"))) {
    const { base, depth } = globReach(glob)
    const start = await reader.find(base)
    if (start?.kind === "folder") await search(start, depth)
  }
  return [...found].sort(byBytes)
}
