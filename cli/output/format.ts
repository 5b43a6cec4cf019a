import { shellWord } from "../../ci/core/recipe/steps.js"

/** A duration as people say it: `0.4 s`, `41 s`, `4 min 12 s`, `1 h 3 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600)
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Bytes with a decimal unit and two significant digits: `9.4 MB`, `112 MB`. */
export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"]
  let value = count
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** A duration that still runs, in whole seconds, so that it ticks evenly: `0 s`, `41 s`, `4 min 12 s`. */
export function elapsed(seconds: number): string {
  const whole = Math.floor(seconds)
  return whole < 10 ? `${whole} s` : duration(whole)
}

/** At most so many columns of a line; what is cut off leaves an ellipsis. */
export function cut(line: string, columns: number): string {
  const characters = [...line]
  return characters.length <= columns ? line : `${characters.slice(0, columns - 1).join("")}…`
}

/** A digest short enough for a line and long enough to be told apart. */
export function shortDigest(digest: string): string {
  return `${digest.slice(0, "sha256:".length + 12)}…`
}

/** Pads cells so that columns align; the last column is left as it is. */
export function columns(rows: readonly (readonly string[])[], gap = 3): string[] {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)))
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd((widths[index] ?? 0) + gap)))
      .join("")
      .trimEnd(),
  )
}

/** A path as it is typed in a shell. */
export function shellPath(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : shellWord(path)
}
