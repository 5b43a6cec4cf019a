import { z } from "zod"

/** The keys that a schema knows at a path; none where any key may stand. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let node: z.core.JSONSchema.BaseSchema = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })
  for (const key of path) {
    const next =
      typeof key === "number" ? node.items : (node.properties?.[String(key)] ?? node.additionalProperties)
    if (typeof next !== "object" || Array.isArray(next)) return []
    node = next
  }
  return Object.keys(node.properties ?? {})
}
