import { createHash } from "node:crypto"
import { byBytes } from "../../listing.js"
import type { Problem } from "../../problem.js"
import type { PoetryLock } from "./poetry-lock.js"
import type { Pyproject } from "./pyproject.js"

/** The problem of a lock that was made from another pyproject.toml, by the hash that Poetry keeps of it. */
export function staleInPoetryLock(lock: PoetryLock, pyproject: Pyproject): readonly Problem[] {
  const hashes = [contentHash(pyproject, true), contentHash(pyproject, false)]
  if (hashes.includes(lock.contentHash)) return []
  return [{ file: lock.file, message: `it was made from another ${pyproject.file}. Run poetry lock.` }]
}

const legacyKeys = ["dependencies", "source", "extras", "dev-dependencies"]
const projectKeys = ["requires-python", "dependencies", "optional-dependencies"]

/** Poetry's own content hash; before 2.3 it left dependency groups out. */
function contentHash({ values }: Pyproject, hasGroups: boolean): string {
  const project = pick(tableIn(values, "project"), projectKeys)
  const groups = hasGroups ? tableIn(values, "dependency-groups") : {}
  const poetryTable = tableIn(tableIn(values, "tool"), "poetry")
  const isStandard = Object.keys(project).length + Object.keys(groups).length > 0
  const poetry = {
    ...(isStandard ? {} : Object.fromEntries(legacyKeys.map((key) => [key, null]))),
    ...pick(poetryTable, [...legacyKeys, "group"]),
  }
  const content = isStandard
    ? {
        ...(Object.keys(project).length === 0 ? {} : { project }),
        ...(Object.keys(groups).length === 0 ? {} : { "dependency-groups": groups }),
        tool: { poetry },
      }
    : poetry
  return createHash("sha256").update(pythonJson(content)).digest("hex")
}

type Table = Readonly<Record<string, unknown>>

function tableIn(table: Table, key: string): Table {
  const value = table[key]
  return typeof value === "object" && value !== null ? (value as Table) : {}
}

function pick(table: Table, keys: readonly string[]): Table {
  return Object.fromEntries(keys.flatMap((key) => (table[key] === undefined ? [] : [[key, table[key]]])))
}

/** JSON as Python's json.dumps writes it with sorted keys: spaces after commas and colons, ASCII only. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value)
      .sort(([left], [right]) => byBytes(left, right))
      .map(([key, inner]) => `${pythonJson(key)}: ${pythonJson(inner)}`)
    return `{${pairs.join(", ")}}`
  }
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}
