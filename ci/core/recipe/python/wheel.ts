import type { Platform } from "../../ids.js"
import { machineOf } from "./interpreter.js"

/** The newest glibc that wheels may ask for, by its minor version: Debian 13 has 2.41. */
const glibcMinor = 41

const oldNames: Readonly<Record<string, number>> = { manylinux1: 5, manylinux2010: 12, manylinux2014: 17 }

/** Where a file of an index would be installed. */
export interface WheelTarget {
  /** As in 3.13.5. */
  readonly version: string
  readonly platform: Platform
}

/**
 * Tells whether a wheel fits, by its file name (PyPA specification "Platform compatibility tags"); a source archive
 * does not.
 */
export function wheelFits(file: string, target: WheelTarget): boolean {
  const parts = /^(.+)-([^-]+)-([^-]+)-([^-]+)\.whl$/.exec(file)
  if (!parts) return false
  const [, , pythons = "", abis = "", platforms = ""] = parts
  const minor = Number(target.version.split(".")[1])
  return (
    pythons.split(".").some((python) => abis.split(".").some((abi) => interpreterFits(python, abi, minor))) &&
    platforms.split(".").some((platform) => platformFits(platform, target.platform))
  )
}

function interpreterFits(python: string, abi: string, minor: number): boolean {
  const [, kind, number = ""] = /^(py|cp)3(\d*)$/.exec(python) ?? []
  if (kind === undefined) return false
  const wanted = number === "" ? 0 : Number(number)
  if (kind === "py") return abi === "none" && wanted <= minor
  if (abi === "abi3") return wanted <= minor
  return wanted === minor && (abi === `cp3${minor}` || abi === "none")
}

function platformFits(name: string, platform: Platform): boolean {
  if (name === "any") return true
  const machine = machineOf(platform)
  if (!name.endsWith(`_${machine}`)) return false
  const abi = name.slice(0, -machine.length - 1)
  const minor = /^manylinux_2_(\d+)$/.exec(abi)?.[1] ?? oldNames[abi]
  return abi === "linux" || (minor !== undefined && Number(minor) <= glibcMinor)
}
