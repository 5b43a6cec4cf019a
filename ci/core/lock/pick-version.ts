/** The highest of some versions that is, or begins with, the wanted one; the highest of all when none is wanted. */
export function pickVersion(versions: readonly string[], wanted: string | undefined): string | undefined {
  const fitting = versions.filter((version) => wanted === undefined || `${version}.`.startsWith(`${wanted}.`))
  return [...fitting].sort(byVersion).at(-1)
}

/** Compares dotted numbers, number by number. */
export function byVersion(left: string, right: string): number {
  const numbers = (version: string): number[] => version.split(".").map(Number)
  const [first, second] = [numbers(left), numbers(right)]
  const differing = first.findIndex((number, index) => number !== (second[index] ?? 0))
  return differing === -1 ? first.length - second.length : (first[differing] ?? 0) - (second[differing] ?? 0)
}
