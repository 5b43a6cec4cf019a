import type { Lock } from "../lock/lock.js"
import { pickVersion } from "../lock/pick-version.js"

/** A program from the npm registry as the lock pins it: the highest version that begins as wanted. */
export function lockedNpm(
  lock: Lock,
  name: string,
  wanted: string,
): { readonly version: string; readonly integrity: string } | undefined {
  const versions = lock.npm[name] ?? {}
  const version = pickVersion(Object.keys(versions), wanted)
  const integrity = version === undefined ? undefined : versions[version]
  return version === undefined || integrity === undefined ? undefined : { version, integrity }
}
