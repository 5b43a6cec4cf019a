type Numbers = readonly [number, number, number]

/** Whether a version is in the range that a Cargo.toml asks for, such as `1.2`, `~1.2.3` or `>=1, <1.5`. */
export function satisfies(version: string, requirement: string): boolean {
  return requirement.split(",").every((part) => satisfiesOne(numbersOf(version), part.trim()))
}

/** Versions of Rust: 1.85 is no newer than 1.85.1. */
export function isNewerRust(wanted: string, available: string): boolean {
  const parts = wanted.split("-")[0]?.split(".").map(Number) ?? []
  const have = numbersOf(available)
  const differing = parts.findIndex((part, index) => part !== have[index])
  return differing !== -1 && (parts[differing] ?? 0) > (have[differing] ?? 0)
}

function satisfiesOne(version: Numbers, comparator: string): boolean {
  const [, operator = "", text = ""] = /^(>=|<=|[<>=^~])?\s*(.*)$/.exec(comparator) ?? []
  const given = (text.split(/[-+]/)[0] ?? "")
    .split(".")
    .filter((part) => part !== "" && !/^[*xX]$/.test(part))
    .map(Number)
  const low = fill(given)
  switch (operator) {
    case ">=":
      return compare(version, low) >= 0
    case ">":
      return compare(version, given.length === 3 ? low : next(given)) >= (given.length === 3 ? 1 : 0)
    case "<":
      return compare(version, low) < 0
    case "<=":
      return given.length === 3 ? compare(version, low) <= 0 : compare(version, next(given)) < 0
    case "=":
      return within(version, low, next(given))
    case "~":
      return within(version, low, next(given.slice(0, 2)))
    default:
      return within(version, low, /[*xX]/.test(text) ? next(given) : next(caret(given)))
  }
}

/** The numbers of which the last may grow no further: all up to the first that is not 0. */
function caret(given: readonly number[]): readonly number[] {
  const first = given.findIndex((number) => number > 0)
  return first === -1 ? given : given.slice(0, first + 1)
}

/** The first version after all that begin with these numbers. */
function next(given: readonly number[]): Numbers {
  if (given.length === 0) return [Infinity, 0, 0]
  return fill([...given.slice(0, -1), (given.at(-1) ?? 0) + 1])
}

function within(version: Numbers, low: Numbers, end: Numbers): boolean {
  return compare(version, low) >= 0 && compare(version, end) < 0
}

function numbersOf(version: string): Numbers {
  return fill((version.split(/[-+]/)[0] ?? "").split(".").map(Number))
}

function fill([major = 0, minor = 0, patch = 0]: readonly number[]): Numbers {
  return [major, minor, patch]
}

function compare(left: Numbers, right: Numbers): number {
  const index = left.findIndex((number, position) => number !== right[position])
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0)
}
