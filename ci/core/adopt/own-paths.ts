import { posix } from "node:path"
import { isWithin } from "../listing.js"
import { fleetFile } from "../manifest/parse.js"

/** The paths of a repository without those of other fleets in it: folders that have a slipway.yaml of their own. */
export function ownPaths(paths: readonly string[]): readonly string[] {
  const others = paths
    .filter((path) => posix.basename(path) === fleetFile)
    .map((path) => posix.dirname(path))
    .filter((folder) => folder !== ".")
  return others.length === 0
    ? paths
    : paths.filter((path) => !others.some((folder) => isWithin(path, folder)))
}
