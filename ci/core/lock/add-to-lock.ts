import { lockSchema, type Lock } from "./lock.js"

/** A lock that pins nothing. */
export const emptyLock: Lock = lockSchema.parse({ version: 1 })

/** Adds entries to a lock. An entry of another platform stays beside a new one. */
export function addToLock(lock: Lock, entries: Partial<Lock>): Lock {
  return {
    version: 1,
    debian: { suite: lock.debian.suite, packages: closures(lock, entries) },
    node: byVersion(lock.node, entries.node ?? {}),
    npm: byVersion(lock.npm, entries.npm ?? {}),
    pypi: byName(lock.pypi, entries.pypi ?? {}),
    requirements: byVersion(lock.requirements, entries.requirements ?? {}),
    maven: byVersion(lock.maven, entries.maven ?? {}),
    go: byVersion(lock.go, entries.go ?? {}),
    images: byVersion(lock.images, entries.images ?? {}),
    urls: { ...lock.urls, ...entries.urls },
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

function byVersion<T extends object>(held: Record<string, T>, added: Record<string, T>): Record<string, T> {
  const merged = { ...held }
  for (const [version, entry] of Object.entries(added)) merged[version] = { ...merged[version], ...entry }
  return merged
}

function byName(held: Lock["pypi"], added: Lock["pypi"]): Lock["pypi"] {
  const merged = { ...held }
  for (const [name, versions] of Object.entries(added)) merged[name] = byVersion(merged[name] ?? {}, versions)
  return merged
}
