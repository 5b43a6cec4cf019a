import { posix } from "node:path"
import { pickVersion } from "../../lock/pick-version.js"
import type { DetectRequest } from "../language.js"
import { fitsRange, wantedOf } from "./node-range.js"
import type { PackageJson } from "./package-json.js"
import type { Project } from "./project.js"

/** Files that name a version of node, the first that is there. */
export const versionFiles = [".nvmrc", ".node-version"]

/**
 * The version of node that a service runs on: what its manifest says, else a version file, else engines.node, of its own
 * folder or else of its lockfile's, the highest of the lock that fits; the highest of all by default. What no lock holds
 * is returned as it was asked for.
 */
export function nodeVersion(
  { manifest, folder, lock, texts }: Pick<DetectRequest, "manifest" | "folder" | "lock" | "texts">,
  { engines }: PackageJson,
  { root, rootManifest }: Pick<Project, "root" | "rootManifest">,
): string {
  const held = Object.keys(lock.node)
  const [named] = [folder, root].flatMap((each) =>
    versionFiles.flatMap((name) => {
      const text = texts.get(posix.join(each, name))?.trim().replace(/^v/, "")
      return text !== undefined && /^\d+(\.\d+){0,2}$/.test(text) ? [text] : []
    }),
  )
  const wanted = manifest.version ?? named
  if (wanted !== undefined) return pickVersion(held, wanted) ?? wanted
  const range = engines.node ?? rootManifest.engines.node
  if (range === undefined) return pickVersion(held, undefined) ?? "latest"
  const fitting = pickVersion(
    held.filter((version) => fitsRange(version, range)),
    undefined,
  )
  return fitting ?? wantedOf(range)
}
