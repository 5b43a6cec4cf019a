/** What a version is compared with: its numbers, at most three. */
type Numbers = readonly number[]

/** Whether an exact version fits a range as package.json writes it: `>=20 <23`, `^22.1`, `22.x || 24`, `20 - 22`. */
export function fitsRange(version: string, range: string): boolean {
  const numbers = version.split(".").map(Number)
  return range.split("||").some((part) => fitsAll(numbers, part.trim()))
}

function fitsAll(version: Numbers, part: string): boolean {
  const [, low, high] = /^(\S+)\s+-\s+(\S+)$/.exec(part) ?? []
  if (low !== undefined && high !== undefined) return fits(version, `>=${low}`) && fits(version, `<=${high}`)
  const comparators = part.replace(/([<>=~^]+)\s+/g, "$1").split(/\s+/)
  return comparators.every((each) => fits(version, each))
}

function fits(version: Numbers, comparator: string): boolean {
  const [, operator = "", text = ""] = /^([<>=~^]*)v?(.*)$/.exec(comparator) ?? []
  const wanted = text.split(".").flatMap((part) => (/^\d+$/.test(part) ? [Number(part)] : []))
  const order = compare(version, wanted)
  const isSame = (count: number) => wanted.slice(0, count).every((number, index) => version[index] === number)
  switch (operator) {
    case ">=":
      return order >= 0
    case ">":
      return order > 0 && !isSame(wanted.length)
    case "<":
      return order < 0
    case "<=":
      return order < 0 || isSame(wanted.length)
    case "^":
      return order >= 0 && isSame(Math.min(1, wanted.length))
    case "~":
    case "~>":
      return order >= 0 && isSame(Math.min(2, wanted.length))
    default:
      return isSame(wanted.length)
  }
}

function compare(left: Numbers, right: Numbers): number {
  const index = [0, 1, 2].find((each) => (left[each] ?? 0) !== (right[each] ?? 0))
  return index === undefined ? 0 : (left[index] ?? 0) - (right[index] ?? 0)
}
