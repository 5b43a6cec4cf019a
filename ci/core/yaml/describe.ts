/** A value of the file as messages quote it: text in quotes and cut at 60 letters, numbers as they are. */
export function quoted(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value)
  if (Array.isArray(value)) return "a list"
  if (value === null) return "nothing"
  if (typeof value === "object") return "a map"
  return String(value)
}

/** The value with the word for its kind: `"80" is text`. */
export function withKind(value: unknown): string {
  if (typeof value === "string") return `${quoted(value)} is text`
  if (typeof value === "number") return `${value} is a number`
  if (typeof value === "boolean") return `${value} is true/false`
  if (value === null) return "it is empty"
  return `it is ${quoted(value)}`
}

/** The value at a path inside plain data. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      inner === null || inner === undefined ? undefined : (inner as Record<PropertyKey, unknown>)[key],
    value,
  )
}
