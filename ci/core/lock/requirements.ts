import { createHash } from "node:crypto"
import { canonicalJson } from "../canonical-json.js"
import type { Platform } from "../ids.js"
import type { Lock } from "./lock.js"

/** Python packages that a file asks for without the hashes of what may be installed; lines as pip reads them. */
export interface AskedRequirements {
  /** Requirements and options, sorted. */
  readonly lines: readonly string[]
  /** Versions of packages that are wanted for others' sake, sorted. */
  readonly constraints: readonly string[]
  /** The version of Python that they are for, as in 3.13. */
  readonly python: string
}

/** What asked requirements became on one platform: every package, exactly. */
export type LockedRequirements = NonNullable<NonNullable<Lock["requirements"][string]>[Platform]>

/** Tells one set of requirements from every other. */
export function askedDigest({ lines, constraints, python }: AskedRequirements): string {
  return createHash("sha256").update(canonicalJson({ lines, constraints, python })).digest("hex")
}

/** What a lock holds for the requirements of a file; undefined where it holds nothing, or what others became. */
export function heldRequirements(
  lock: Lock,
  file: string,
  asked: AskedRequirements,
  platform: Platform,
): LockedRequirements | undefined {
  const held = lock.requirements[file]?.[platform]
  return held?.asked === askedDigest(asked) ? held : undefined
}
