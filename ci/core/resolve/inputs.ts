import { treeMatcher } from "../globs.js"
import { isWithin, pathWithin } from "../listing.js"
import type { ResolvedService } from "./resolved-service.js"

type InputRules = Pick<ResolvedService, "folder" | "file" | "uses" | "include" | "ignore">

/**
 * Tells whether a file is an input of a service: in its folder, minus what the manifest ignores, or in what it uses.
 * The manifest itself is none, since what it says is in the recipe.
 */
export function inputMatcher(service: InputRules): (path: string) => boolean {
  const included = service.include.length === 0 ? () => true : treeMatcher(service.include)
  const ignored = treeMatcher(service.ignore)
  const isOwn = (path: string): boolean => {
    const inner = pathWithin(path, service.folder)
    return path !== service.file && included(inner) && !ignored(inner)
  }
  return (path) =>
    (isWithin(path, service.folder) && isOwn(path)) || service.uses.some((used) => isWithin(path, used))
}

/** The folders and files in which a service's inputs lie. */
export function inputRoots(service: Pick<ResolvedService, "folder" | "uses">): readonly string[] {
  return [service.folder, ...service.uses]
}

/** Whether a service's folder has files, and its globs leave all of them out. */
export function leavesNothing(service: InputRules, paths: readonly string[]): boolean {
  const files = paths.filter((path) => path !== service.file)
  return files.length > 0 && !files.some(inputMatcher(service))
}
