/** The version lines of a go.mod. */
export interface GoVersionLine {
  /** As written: `1.26.8`, or only `1.26`. */
  readonly version: string
  readonly line: number
}

/** The Go version that a go.mod asks for: its toolchain line, else its go line. */
export function goVersionOf(goMod: string): GoVersionLine | undefined {
  return versionLine(goMod, /^toolchain\s+go(\S+)/) ?? versionLine(goMod, /^go\s+(\S+)/)
}

/** True for a version that names one release, as 1.26.8 does and 1.26 does not. */
export function isExactGo(version: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(version)
}

function versionLine(goMod: string, pattern: RegExp): GoVersionLine | undefined {
  const lines = goMod.split("\n")
  const index = lines.findIndex((line) => pattern.test(line))
  const version = pattern.exec(lines[index] ?? "")?.[1]
  return version === undefined ? undefined : { version, line: index + 1 }
}
