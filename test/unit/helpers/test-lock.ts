import { type Lock, lockSchema } from "../../../ci/core/lock/lock.js"

const integrity = `sha512-${"A".repeat(86)}==`
const locked = (name: string) => ({ name, version: "1.0-1", architecture: "amd64", sha256: "a".repeat(64) })
const closure = (...names: readonly string[]) => ({ roots: names, packages: names.map(locked) })

/** A lock with the fewest entries that the recipes need; nothing behind it exists. */
export const testLock: Lock = lockSchema.parse({
  version: 1,
  debian: {
    packages: {
      tools: closure("tar", "gzip"),
      static: closure("tzdata"),
      node: closure("libc6"),
      rust: { roots: ["rustc"], packages: [{ ...locked("rustc"), version: "1.85.1+dfsg1-1" }] },
    },
  },
  node: { "22.23.3": { "linux/amd64": integrity }, "24.1.0": { "linux/amd64": integrity } },
  npm: { npm: { "11.4.2": integrity } },
  go: { "1.26.8": { "linux/amd64": `h1:${"A".repeat(43)}=` } },
})
