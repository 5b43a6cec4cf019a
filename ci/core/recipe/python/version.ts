/** The parts of a version that decide its order (PyPA specification "Version specifiers"); local parts are left out. */
interface Version {
  readonly epoch: number
  readonly release: readonly number[]
  /** Before the release: below it. */
  readonly pre?: readonly [kind: string, number: number]
  readonly post?: number
  readonly dev?: number
}

const pattern =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|alpha|b|beta|c|rc|pre|preview)[-_.]?(\d*))?(?:(?:[-_.]?(?:post|rev|r)[-_.]?(\d*))|-(\d+))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?$/

/** Reads a version; undefined for a text that is none. */
export function parseVersion(text: string): Version | undefined {
  const match = pattern.exec(text.trim().toLowerCase())
  if (!match) return undefined
  const [, epoch = "0", release = "", kind, preNumber, post, implicitPost, dev, devNumber] = match
  const postNumber = post ?? implicitPost
  return {
    epoch: Number(epoch),
    release: release.split(".").map(Number),
    ...(kind === undefined ? {} : { pre: [preKinds[kind] ?? kind, Number(preNumber)] as const }),
    ...(postNumber === undefined ? {} : { post: Number(postNumber) }),
    ...(dev === undefined ? {} : { dev: Number(devNumber) }),
  }
}

const preKinds: Readonly<Record<string, string>> = {
  alpha: "a",
  beta: "b",
  c: "rc",
  pre: "rc",
  preview: "rc",
}

/** Below zero when the left version is the lower one; local parts do not count. */
export function compareVersions(left: Version, right: Version): number {
  return (
    left.epoch - right.epoch ||
    compareLists(left.release, right.release) ||
    compareLists(suffixRank(left), suffixRank(right))
  )
}

function compareLists(left: readonly number[], right: readonly number[]): number {
  const length = Math.max(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** dev of a release < a < b < rc < release < post; a dev of one of these is just below it. */
function suffixRank({ pre, post, dev }: Version): readonly number[] {
  const kind =
    pre === undefined ? (post === undefined && dev !== undefined ? 0 : 4) : "_abr".indexOf(pre[0][0] ?? "_")
  return [kind, pre?.[1] ?? 0, post === undefined ? 0 : post + 1, dev === undefined ? 1 : 0, dev ?? 0]
}

/** Tells whether a version is in a set such as `>=3.11,<4`; what is no version or set holds everything. */
export function satisfies(version: string, specifiers: string): boolean {
  return specifiers
    .split(",")
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "" && clause !== "*")
    .every((clause) => satisfiesOne(version, clause))
}

function satisfiesOne(version: string, clause: string): boolean {
  const [, operator = "", bound = ""] = /^(===|==|!=|<=|>=|~=|<|>)?\s*(.*)$/.exec(clause) ?? []
  if (operator === "===") return version === bound
  if (bound.endsWith(".*")) {
    const isWithin = startsWith(version, bound.slice(0, -2))
    return operator === "!=" ? !isWithin : isWithin
  }
  const [left, right] = [parseVersion(version), parseVersion(bound)]
  if (left === undefined || right === undefined) return true
  const order = compareVersions(left, right)
  switch (operator) {
    case "<":
      return order < 0
    case "<=":
      return order <= 0
    case ">":
      return order > 0
    case ">=":
      return order >= 0
    case "!=":
      return order !== 0
    case "~=":
      return order >= 0 && startsWith(version, right.release.slice(0, -1).join("."))
    default:
      return order === 0
  }
}

function startsWith(version: string, prefix: string): boolean {
  const [left, right] = [parseVersion(version), parseVersion(prefix)]
  if (left === undefined || right === undefined) return true
  return right.release.every((number, index) => number === (left.release[index] ?? 0))
}
