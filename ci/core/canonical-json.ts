/**
 * The one spelling of a JSON value: keys sorted by code unit, no spaces, absent where undefined.
 * Two equal values give equal text on every machine, so the text can be hashed.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) => (isMap(nested) ? sorted(nested) : nested))
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function sorted(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1)))
}
