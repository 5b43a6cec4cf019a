import { posix } from "node:path"
import { pickVersion } from "../../lock/pick-version.js"
import type { DetectRequest } from "../language.js"
import { fitsRange } from "./node-range.js"
import type { PackageJson } from "./package-json.js"

/** Files that name a version of node, the first that is there. */
export const versionFiles = [".nvmrc", ".node-version"]

/**
 * The version of node that a service runs on: what its manifest says, else a version file, else engines.node, the
 * highest of the lock that fits; the highest of all by default. What no lock holds is returned as it was asked for.
 */
export function nodeVersion(
  { manifest, folder, lock, texts }: Pick<DetectRequest, "manifest" | "folder" | "lock" | "texts">,
  { engines }: PackageJson,
): string {
  const held = Object.keys(lock.node)
  const [named] = versionFiles.flatMap((name) => {
    const text = texts.get(posix.join(folder, name))?.trim().replace(/^v/, "")
    return text !== undefined && /^\d+(\.\d+){0,2}$/.test(text) ? [text] : []
  })
  const wanted = manifest.version ?? named
  if (wanted !== undefined) return pickVersion(held, wanted) ?? wanted
  const { node: range } = engines
  if (range === undefined) return pickVersion(held, undefined) ?? "latest"
  const fitting = pickVersion(
    held.filter((version) => fitsRange(version, range)),
    undefined,
  )
  return fitting ?? /\d+(\.\d+){0,2}/.exec(range)?.[0] ?? "latest"
}
