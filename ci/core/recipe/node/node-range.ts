/** What a version is compared with: its numbers, at most three. */
type Numbers = readonly number[]

/** Whether an exact version fits a range as package.json writes it: `>=20 <23`, `^22.1`, `22.x || 24`, `20 - 22`. */
export function fitsRange(version: string, range: string): boolean {
  const numbers = version.split(".").map(Number)
  return range.split("||").some((part) => fitsAll(numbers, part.trim()))
}

/** What to ask a registry for when no version at hand fits a range: the newest major that does, else what it names. */
export function wantedOf(range: string): string {
  const majors = Array.from({ length: 30 }, (_, index) => 30 - index)
  const named = [...range.matchAll(/\d+(\.\d+){0,2}/g)].map(([version]) => version)
  const highest = Math.max(0, ...named.map((version) => Number.parseInt(version, 10)))
  const newest = majors.find((major) => major <= highest && fitsRange(`${major}.9999.9999`, range))
  return newest?.toString() ?? named[0] ?? "latest"
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
