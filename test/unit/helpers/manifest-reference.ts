/** The parts of a JSON schema that the manifests use. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly required?: readonly string[]
}

/** One table a manifest: every setting with what it is, its values and its default. A part that stands in a table above is only named. */
export function manifestReference(manifests: Readonly<Record<string, string>>): string {
  const told = new Map<string, string>()
  const tables = Object.entries(manifests).map(([file, schema]) => {
    const rows = settings(JSON.parse(schema) as Schema, { prefix: "", file, told })
    return [
      `## ${file}`,
      "",
      "| setting | what it says | values | default |",
      "| - | - | - | - |",
      ...rows,
      "",
    ]
  })
  return tables.flat().join("\n")
}

interface Place {
  readonly prefix: string
  readonly file: string
  /** Where parts were explained, by their schema. */
  readonly told: Map<string, string>
}

function settings({ properties = {}, required = [] }: Schema, place: Place): readonly string[] {
  return grouped(properties).flatMap(([name, schema]) => {
    const path = place.prefix + name
    const key = `\`${path}\`${required.includes(name) && schema.default === undefined ? " (needed)" : ""}`
    if (!schema.properties) {
      return [row(key, schema.description ?? "", values(schema), defaultOf(schema))]
    }
    const identity = JSON.stringify(schema.properties)
    const first = place.told.get(identity)
    const description = schema.description ?? ""
    if (first !== undefined) return [row(key, description, `as ${first}`, "")]
    if (!path.includes("<")) place.told.set(identity, `\`${path}\` in ${place.file}`)
    const inner = settings(schema, { ...place, prefix: `${path}.` })
    return [...(description === "" ? [] : [row(key, description, "", "")]), ...inner]
  })
}

/** Settings that differ in nothing but their names are one row. */
function grouped(properties: Readonly<Record<string, Schema>>): readonly (readonly [string, Schema])[] {
  const all = Object.entries(properties)
  const [first] = all
  const same = all.every(([, schema]) => JSON.stringify(schema) === JSON.stringify(first?.[1]))
  return same && all.length > 1 && first ? [[`<${all.map(([name]) => name).join(", ")}>`, first[1]]] : all
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
}

function values(schema: Schema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(", ")
  if (schema.items) return `list: ${values(schema.items)}`
  if (typeof schema.additionalProperties === "object") return "names with values"
  const kinds = [schema.type ?? "any"].flat().map((type) => words[type] ?? type)
  return `${kinds.join(" or ")}${range(schema)}`
}

const words: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  boolean: "true or false",
}

function range({ minimum, maximum }: Schema): string {
  if (minimum === undefined) return ""
  return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
    ? ` from ${minimum}`
    : ` from ${minimum} to ${maximum}`
}

function defaultOf(schema: Schema): string {
  if (schema.default === undefined || JSON.stringify(schema.default) === "{}") return ""
  return [schema.default]
    .flat()
    .map((value) => `\`${String(value)}\``)
    .join(", ")
}
