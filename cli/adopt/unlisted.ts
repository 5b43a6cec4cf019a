import { unlistedFolders } from "../../ci/core/adopt/unlisted.js"
import { fleetFile, serviceFile } from "../../ci/core/manifest/parse.js"
import type { ExistingService } from "../../ci/io/existing-services.js"

/** So many folders are told by name. */
const most = 5

/** Folders that hold a service.yaml and are no services of the fleet, though nobody said so. */
export function unlisted(existing: readonly ExistingService[], globs: readonly string[]): readonly string[] {
  const folders = existing.filter(({ isAside }) => !isAside).map(({ folder }) => folder)
  return unlistedFolders(folders, globs)
}

/** A line that names folders which slipway.yaml does not list, with what to do; none where there are none. */
export function unlistedLine(folders: readonly string[], hasFleet: boolean): readonly string[] {
  const [first] = folders
  if (first === undefined) return []
  const more = folders.length - most
  const named = `${folders.slice(0, most).join(", ")}${more > 0 ? ` and ${more} more` : ""}`
  const have = `${named} ${folders.length === 1 ? "has" : "have"} a ${serviceFile}`
  if (!hasFleet) return [`${have}, but no ${fleetFile} lists ${them(folders)}. Run ./slipway init.`]
  const fix = `Add ${them(folders)} to its services, or "!${first}" to leave ${folders.length === 1 ? "it" : "one"} out.`
  return [`${have}, but ${fleetFile} does not list ${them(folders)}. ${fix}`]
}

function them(folders: readonly string[]): string {
  return folders.length === 1 ? "it" : "them"
}
