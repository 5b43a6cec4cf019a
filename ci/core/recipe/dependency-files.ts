import { posix } from "node:path"
import type { Listing } from "../listing.js"

/**
 * The inputs with one of these names: what says which dependencies there are.
 * They are copied before all sources, so that an edit of a source leaves the dependencies cached.
 */
export function dependencyFiles(inputs: Listing, names: readonly string[]): readonly string[] {
  return inputs.map(({ path }) => path).filter((path) => names.includes(posix.basename(path)))
}
