import { posix } from "node:path"
import type { Lock } from "../../lock/lock.js"
import type { Problem } from "../../problem.js"
import { upwards, type CargoSources } from "./cargo-sources.js"
import { lineOf } from "./cargo-toml.js"
import { isNewerRust } from "./version-requirement.js"
import { inheritedText, type Package } from "./workspace.js"

/** The version of Rust in the closure of builders; undefined where no lock has it. */
export function lockedRust(lock: Lock): string | undefined {
  const rustc = lock.debian.packages["rust"]?.packages.find(({ name }) => name === "rustc-web")
  return rustc?.version.replace(/[^\d.].*$/, "")
}

/** Packages that need a newer Rust than there is. */
export function tooNewPackages(packages: readonly Package[], available: string): readonly Problem[] {
  return packages.flatMap(({ toml, name, workspace }) => {
    const wanted = inheritedText(toml.tables.package?.["rust-version"], "rust-version", workspace)
    if (wanted === undefined || !isNewerRust(wanted, available)) return []
    const line = lineOf(toml, "rust-version")
    const message = `${name} needs Rust ${wanted}, and ${available} is what Slipway builds with. Lower rust-version, if the code allows it.`
    return [{ file: toml.file, ...(line === undefined ? {} : { line }), message }]
  })
}

/** The problem of a rust-toolchain file that asks for a Rust which is not there. */
export function toolchainProblem(
  folder: string,
  sources: CargoSources,
  available: string,
): Problem | undefined {
  const files = upwards(folder).flatMap((each) =>
    ["rust-toolchain", "rust-toolchain.toml"].map((name) => posix.join(each, name)),
  )
  const texts = files.map((file) => [file, sources.text(file)] as const)
  const [file, text] = texts.find(([, found]) => found !== undefined) ?? []
  if (file === undefined || text === undefined) return undefined
  const line = text.split("\n").findIndex((each) => /^\s*channel\s*=/.test(each))
  const channel = /^\s*channel\s*=\s*["']([^"']+)/m.exec(text)?.[1] ?? (line === -1 ? text.trim() : "stable")
  const isThere = /^\d/.test(channel) ? !isNewerRust(channel, available) : /^stable(-|$)/.test(channel)
  if (isThere || channel.startsWith("[")) return undefined
  const message = `asks for Rust ${channel}, and ${available} is what Slipway builds with. Ask for ${available} or older.`
  return { file, ...(line === -1 ? {} : { line: line + 1 }), message }
}
