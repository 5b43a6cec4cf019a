import type { Lock } from "./lock.js"

/** A lock that pins nothing. */
export const emptyLock: Lock = { version: 1, debian: { suite: "trixie", packages: {} }, node: {}, go: {} }

/** Adds entries to a lock. An entry of another platform stays beside a new one. */
export function addToLock(lock: Lock, entries: Partial<Lock>): Lock {
  const npm = entries.npm ?? lock.npm
  return {
    version: 1,
    debian: { suite: lock.debian.suite, packages: closures(lock, entries) },
    node: byVersion(lock.node, entries.node ?? {}),
    ...(npm === undefined ? {} : { npm }),
    go: byVersion(lock.go, entries.go ?? {}),
  }
}

function closures(lock: Lock, entries: Partial<Lock>): Lock["debian"]["packages"] {
  const merged = { ...lock.debian.packages }
  for (const [name, { roots, packages }] of Object.entries(entries.debian?.packages ?? {})) {
    const added = new Set(packages.map((one) => `${one.name} ${one.architecture}`))
    const held = merged[name]?.packages.filter((one) => !added.has(`${one.name} ${one.architecture}`)) ?? []
    merged[name] = { roots, packages: [...held, ...packages] }
  }
  return merged
}

function byVersion(held: Lock["node"], added: Lock["node"]): Lock["node"] {
  const merged = { ...held }
  for (const [version, platforms] of Object.entries(added))
    merged[version] = { ...merged[version], ...platforms }
  return merged
}
