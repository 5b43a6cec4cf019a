import { buildBackends, uvVersion } from "../../../ci/core/recipe/python/tools.js"
import { type Lock, lockSchema } from "../../../ci/core/lock/lock.js"

const integrity = `sha512-${"A".repeat(86)}==`
const locked = (name: string) => ({ name, version: "1.0-1", architecture: "amd64", sha256: "a".repeat(64) })
const closure = (...names: readonly string[]) => ({ roots: names, packages: names.map(locked) })

const wheel = { "linux/amd64": "c".repeat(64) }

/** What Python's recipe needs: an interpreter, uv and the usual build backends. */
const python = {
  closures: {
    python: {
      roots: ["python3.13-minimal"],
      packages: [{ ...locked("python3.13-minimal"), version: "3.13.5-2" }],
    },
    workshop: closure("dash"),
    "python-build": closure("python3.13-minimal", "dash"),
    "native-python": closure("python3.13-minimal", "gcc"),
  },
  pypi: Object.fromEntries(
    Object.entries({ uv: uvVersion, ...buildBackends }).map(([name, version]) => [
      name,
      { [`${version}.0.1`]: wheel },
    ]),
  ),
}

/** A lock with the fewest entries that the recipes need; nothing behind it exists. */
export const testLock: Lock = lockSchema.parse({
  version: 1,
  debian: {
    packages: {
      static: closure("tzdata"),
      node: closure("libc6"),
      ...python.closures,
      rust: { roots: ["rustc-web"], packages: [{ ...locked("rustc-web"), version: "1.96.0+dfsg1-1" }] },
      java: closure("zlib1g"),
      jdk: closure("openjdk-21-jdk-headless"),
      "jdk-25": closure("openjdk-25-jdk-headless"),
    },
  },
  pypi: python.pypi,
  node: { "22.23.3": { "linux/amd64": integrity }, "24.1.0": { "linux/amd64": integrity } },
  npm: { npm: { "11.4.2": integrity } },
  maven: { "org.apache.maven:apache-maven": { "3.9.9": "b".repeat(128) } },
  go: { "1.26.8": { "linux/amd64": `h1:${"A".repeat(43)}=` } },
})
