import type { Platform } from "../ids.js"
import type { Lock, LockedPackage } from "./lock.js"

const architectures = { "linux/amd64": "amd64", "linux/arm64": "arm64" } as const

/** Debian's name of a platform. */
export function debianArchitecture(platform: Platform): "amd64" | "arm64" {
  return architectures[platform]
}

/** The name of the closure that a language's runtime has when a service adds packages of its own: its roots, sorted. */
export function closureName(base: string, packages: readonly string[]): string {
  return packages.length === 0 ? base : [base, ...new Set([...packages].sort())].join("+")
}

/** The locked packages of a closure for a platform, by name; none when the lock does not hold the closure. */
export function closurePackages(lock: Lock, name: string, platform: Platform): readonly LockedPackage[] {
  const architecture = debianArchitecture(platform)
  const packages = lock.debian.packages[name]?.packages ?? []
  return packages
    .filter((locked) => locked.architecture === architecture || locked.architecture === "all")
    .sort((left, right) => (left.name < right.name ? -1 : 1))
}

/** What the closures of Slipway's own runtimes are made from: the packages that `./slipway lock` resolves. */
export const closureRoots: Readonly<Record<string, readonly string[]>> = {
  tools: ["binutils", "coreutils", "dash", "findutils", "gzip", "sed", "tar"],
  static: ["ca-certificates", "tzdata"],
  node: ["ca-certificates", "libc6", "libgcc-s1", "libstdc++6"],
}

/** Packages that are only data: they are unpacked without the packages that they depend on. */
export const dataPackages: readonly string[] = ["ca-certificates", "tzdata"]
