import { normalName } from "./names.js"
import { parseVersion, satisfies } from "./version.js"

/** Values of the variables of environment markers, `extra` aside. */
export type MarkerEnvironment = Readonly<Record<string, string>>

/**
 * Tells whether an environment marker holds (PyPA specification "Dependency specifiers"). A marker that cannot be read
 * holds: a dependency too many is seen, one too few is not.
 */
export function markerHolds(
  marker: string | undefined,
  environment: MarkerEnvironment,
  extras: ReadonlySet<string> = new Set(),
): boolean {
  if (marker === undefined || marker.trim() === "") return true
  try {
    const parser = new MarkerParser(tokens(marker), environment, extras)
    return parser.whole()
  } catch (error) {
    if (error instanceof UnreadableMarker) return true
    throw error
  }
}

class UnreadableMarker extends Error {}

const token = /\s*(\(|\)|'[^']*'|"[^"]*"|===|==|!=|<=|>=|~=|<|>|not\s+in\b|[A-Za-z_.]+)/y

function tokens(marker: string): readonly string[] {
  const found: string[] = []
  const text = marker.trim()
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const match = token.exec(text)
    if (match?.[1] === undefined) throw new UnreadableMarker(marker)
    found.push(match[1].replace(/^not\s+in$/, "not in"))
  }
  return found
}

interface Operand {
  readonly text: string
  /** Name of the variable; absent for a literal. */
  readonly variable?: string
}

class MarkerParser {
  private position = 0

  constructor(
    private readonly tokens: readonly string[],
    private readonly environment: MarkerEnvironment,
    private readonly extras: ReadonlySet<string>,
  ) {}

  whole(): boolean {
    const value = this.or()
    if (this.position < this.tokens.length) throw new UnreadableMarker()
    return value
  }

  private or(): boolean {
    let value = this.and()
    while (this.take("or")) value = this.and() || value
    return value
  }

  private and(): boolean {
    let value = this.one()
    while (this.take("and")) value = this.one() && value
    return value
  }

  private one(): boolean {
    if (!this.take("(")) return this.comparison()
    const value = this.or()
    if (!this.take(")")) throw new UnreadableMarker()
    return value
  }

  private comparison(): boolean {
    const left = this.operand()
    const operator = this.next()
    const right = this.operand()
    const extra = [left, right].find(({ variable }) => variable === "extra" || variable === "extras")
    if (extra !== undefined) {
      const isThere = this.extras.has(normalName((extra === left ? right : left).text))
      return operator === "!=" || operator === "not in" ? !isThere : isThere
    }
    return compare(left, operator, right)
  }

  private operand(): Operand {
    const word = this.next()
    if (/^['"]/.test(word)) return { text: word.slice(1, -1) }
    const variable = word.replace(/^os\.name$/, "os_name").replace(".", "_")
    return { variable, text: this.environment[variable] ?? "" }
  }

  private next(): string {
    const word = this.tokens[this.position++]
    if (word === undefined) throw new UnreadableMarker()
    return word
  }

  private take(word: string): boolean {
    if (this.tokens[this.position] !== word) return false
    this.position++
    return true
  }
}

const flipped: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" }

function compare(left: Operand, operator: string, right: Operand): boolean {
  if (operator === "in") return words(right.text).includes(left.text) || right.text.includes(left.text)
  if (operator === "not in") return !compare(left, "in", right)
  if (left.variable === undefined) return compare(right, flipped[operator] ?? operator, left)
  const isVersion =
    /version$/.test(left.variable) && parseVersion(right.text.replace(/\.\*$/, "")) !== undefined
  if (isVersion && parseVersion(left.text) !== undefined) return satisfies(left.text, operator + right.text)
  switch (operator) {
    case "==":
    case "===":
      return left.text === right.text
    case "!=":
      return left.text !== right.text
    case "<":
      return left.text < right.text
    case ">":
      return left.text > right.text
    case "<=":
      return left.text <= right.text
    case ">=":
      return left.text >= right.text
    default:
      throw new UnreadableMarker(operator)
  }
}

function words(text: string): readonly string[] {
  return text.split(/[\s,]+/)
}
