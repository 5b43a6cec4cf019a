/** The candidate that was most likely meant: one that begins so, or of whose letters at most a third differ. */
export function suggest(found: string, candidates: readonly string[]): string | undefined {
  const scored = candidates
    .map((candidate) => ({ candidate, distance: editDistance(found.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((left, right) => left.distance - right.distance)
  return (
    scored[0]?.candidate ?? candidates.find((candidate) => found.length > 2 && candidate.startsWith(found))
  )
}

/** The suggestion as the end of a message: ` Did you mean java?`, or nothing. */
export function didYouMean(found: string, candidates: readonly string[]): string {
  const meant = suggest(found, candidates)
  return meant === undefined ? "" : ` Did you mean ${meant}?`
}

/** Levenshtein's distance, where two swapped neighbours count once. */
function editDistance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0
  for (let row = 1; row <= left.length; row++) {
    rows.push([row])
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      const cost = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      )
      rows[row]?.push(cost)
    }
  }
  return at(left.length, right.length)
}
