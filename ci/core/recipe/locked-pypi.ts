import type { Platform } from "../ids.js"
import type { Lock } from "../lock/lock.js"
import { pickVersion } from "../lock/pick-version.js"

/** A program from PyPI as the lock pins it for a platform: the highest version that begins as wanted. */
export function lockedPypi(
  lock: Lock,
  name: string,
  wanted: string,
  platform: Platform,
): { readonly version: string; readonly sha256: string } | undefined {
  const versions = Object.entries(lock.pypi[name] ?? {}).filter(([, held]) => held[platform] !== undefined)
  const version = pickVersion(
    versions.map(([each]) => each),
    wanted,
  )
  const sha256 = version === undefined ? undefined : lock.pypi[name]?.[version]?.[platform]
  return version === undefined || sha256 === undefined ? undefined : { version, sha256 }
}
