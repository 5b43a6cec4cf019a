import text from "./built-in.json" with { type: "json" }
import { type Lock, lockSchema } from "./lock.js"

/** The lock that ships with Slipway: a fleet needs no lock of its own until it wants other versions. */
export const builtInLock: Lock = lockSchema.parse(text)
