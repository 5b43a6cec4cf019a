import { normalName } from "./names.js"

/** One dependency as packages declare it (PyPA specification "Dependency specifiers"). */
export interface Requirement {
  /** Normalised, as the extras are. */
  readonly name: string
  readonly extras: readonly string[]
  /** The clauses of the version, sorted and without spaces; empty for any version. */
  readonly specifiers: readonly string[]
  /** Where it comes from, in place of an index. */
  readonly url?: string
  readonly marker?: string
}

const pattern =
  /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(?:@\s*([^\s;]+(?:;(?!\s)[^\s;]*)*)|\(?\s*([^;()@]*?)\s*\)?)\s*(?:;\s*(.*))?$/

/** Reads one requirement; undefined for a text that is none. */
export function parseRequirement(text: string): Requirement | undefined {
  const match = pattern.exec(text.trim())
  if (!match) return undefined
  const [, name = "", extras = "", url, versions = "", marker] = match
  const specifiers = parseSpecifiers(versions)
  if (specifiers.some((clause) => !/^(===|==|!=|<=|>=|~=|<|>)[^\s<>=!~]+$/.test(clause))) return undefined
  return {
    name: normalName(name),
    extras: extras
      .split(",")
      .map((extra) => normalName(extra.trim()))
      .filter((extra) => extra !== "")
      .sort(),
    specifiers,
    ...(url === undefined ? {} : { url }),
    ...(marker === undefined || marker.trim() === "" ? {} : { marker: marker.trim() }),
  }
}

/** A requirement in the one spelling that equal ones have. */
export function showRequirement({ name, extras, specifiers, url, marker }: Requirement): string {
  const inner = extras.length === 0 ? "" : `[${extras.join(",")}]`
  const version = url === undefined ? specifiers.join(",") : ` @ ${url}`
  return `${name}${inner}${version}${marker === undefined ? "" : ` ; ${marker}`}`
}

/** The clauses of a set of versions, sorted and without spaces. */
export function parseSpecifiers(text: string): readonly string[] {
  return text
    .split(",")
    .map((clause) => clause.replaceAll(/\s+/g, ""))
    .filter((clause) => clause !== "")
    .sort()
}
