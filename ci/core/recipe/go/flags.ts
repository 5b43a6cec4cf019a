import type { EnvironmentName } from "../../ids.js"
import type { ResolvedService } from "../../resolve/resolved-service.js"

/** How a service's arguments want Go to build it. */
export interface GoSettings {
  /** With C code, for an image with the C library or without any. */
  readonly cgo: "none" | "dynamic" | "static"
  /** Flags of the linker that the service adds. */
  readonly linkerFlags: string
  /** Arguments that the go command itself reads, GOFLAGS without the linker's flags among them. */
  readonly own: Readonly<Record<string, string>>
  /** All other arguments. */
  readonly others: Readonly<Record<string, string>>
}

/** Reads the build arguments of one environment. */
export function goSettings(
  service: Pick<ResolvedService, "environments">,
  environment: EnvironmentName,
): GoSettings {
  const { args } = service.environments[environment]
  const flags = splitFlags(args["GOFLAGS"] ?? "")
  const linker = flags.filter(isLinkerFlag)
  const linkerFlags = linker.map((flag) => flag.replace(/^--?ldflags=/, "")).join(" ")
  const entries = Object.entries(args).map(([name, value]): [string, string] =>
    name === "GOFLAGS" ? [name, joinFlags(flags.filter((flag) => !isLinkerFlag(flag)))] : [name, value],
  )
  const isOwn = ([name]: [string, string]): boolean => /^C?GO[A-Z0-9_]*$/.test(name)
  const usesC = ["1", "true"].includes(args["CGO_ENABLED"] ?? "")
  return {
    cgo: !usesC ? "none" : /-extldflags\b.*-static\b/.test(linkerFlags) ? "static" : "dynamic",
    linkerFlags,
    own: Object.fromEntries(entries.filter(isOwn)),
    others: Object.fromEntries(entries.filter((entry) => !isOwn(entry))),
  }
}

/** GOFLAGS holds flags parted by blanks; one with blanks in it stands as a whole in quotes. */
export function splitFlags(text: string): readonly string[] {
  return [...text.matchAll(/'([^']*)'|"([^"]*)"|\S+/g)].map(
    ([word, single, double]) => single ?? double ?? word,
  )
}

function joinFlags(flags: readonly string[]): string {
  return flags
    .map((flag) => (/\s/.test(flag) ? (flag.includes("'") ? `"${flag}"` : `'${flag}'`) : flag))
    .join(" ")
}

function isLinkerFlag(flag: string): boolean {
  return /^--?ldflags=/.test(flag)
}
