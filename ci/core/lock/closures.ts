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

const shell = ["bash", "coreutils", "dash", "findutils", "gawk", "grep", "gzip", "sed", "tar"]

/**
 * The closure that programs run in which fetch, build, strip and pack: a shell with its usual tools, authorities, the C++
 * library. One for all, so that an engine that has to fetch it does so once.
 */
export const workshop = "workshop"

/** Compilers for native code, and what build scripts of packages usually call. */
const compilers = [
  ...shell,
  ...[
    "bzip2",
    "ca-certificates",
    "diffutils",
    "file",
    "g++",
    "gcc",
    "libc6-dev",
    "make",
    "patch",
    "perl-base",
  ],
  ...["pkgconf", "xz-utils"],
]

const pythonRuntime = [
  "ca-certificates",
  "libpython3.13-stdlib",
  "libstdc++6",
  "python3.13-minimal",
  "tzdata",
]

/**
 * What the closures of Slipway's own runtimes and builders are made from. Tools whose version can reach an image's
 * bytes, such as compilers, come from a closure too.
 */
const closureRoots: Readonly<Record<string, readonly string[]>> = {
  static: ["ca-certificates", "tzdata"],
  node: ["ca-certificates", "libc6", "libgcc-s1", "libstdc++6"],
  python: pythonRuntime,
  java: ["ca-certificates", "libc6", "libgcc-s1", "libstdc++6", "zlib1g"],
  glibc: ["ca-certificates", "libc6", "libgcc-s1", "libstdc++6", "tzdata"],
  [workshop]: [...shell, "binutils", "ca-certificates", "libstdc++6"],
  native: compilers,
  "native-node": [...compilers, "libpython3.13-stdlib", "python3-minimal"],
  "python-build": [...shell, ...pythonRuntime],
  "native-python": [...compilers, ...pythonRuntime, "libpython3.13-dev"],
  // Debian's Rust stays as old as its release; this one, for its browsers, follows their needs.
  rust: [...compilers, "cargo-web", "rustc-web"],
  jdk: [...shell, "binutils", "ca-certificates", "openjdk-21-jdk-headless"],
  "jdk-25": [...shell, "binutils", "ca-certificates", "openjdk-25-jdk-headless"],
}

/** The packages that a closure is made from, by its name; what is no name of Slipway's own is a package. */
export function rootsOf(name: string): readonly string[] {
  const [base = "", ...added] = name.split(/(?<=[^+])\+(?=[^+])/)
  return [...new Set([...(closureRoots[base] ?? [base]), ...added])].sort()
}

/** Names of the closures that Slipway's recipes use. */
export const closureNames: readonly string[] = Object.keys(closureRoots)

/** Packages that are only data: they are unpacked without the packages that they depend on. */
export const dataPackages: readonly string[] = ["ca-certificates", "tzdata"]
