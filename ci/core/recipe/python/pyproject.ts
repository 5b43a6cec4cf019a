import { posix } from "node:path"
import { z } from "zod"
import { failure, success, type Result } from "../../result.js"
import { readToml } from "../../toml/read-toml.js"
import { normalName } from "./names.js"

const texts = z.array(z.string())
const table = z.record(z.string(), z.unknown())

const poetry = z.looseObject({
  name: z.string().optional(),
  "package-mode": z.boolean().default(true),
  dependencies: table.default({}),
  "dev-dependencies": table.optional(),
  group: z
    .record(
      z.string(),
      z.looseObject({ optional: z.boolean().default(false), dependencies: table.default({}) }),
    )
    .default({}),
  scripts: table.default({}),
  extras: z.record(z.string(), texts).default({}),
})

const uv = z.looseObject({
  "default-groups": z.union([z.literal("all"), texts]).default(["dev"]),
  "dev-dependencies": texts.optional(),
  sources: table.optional(),
})

const schema = z.looseObject({
  project: z
    .looseObject({
      name: z.string().optional(),
      "requires-python": z.string().optional(),
      dependencies: texts.default([]),
      "optional-dependencies": z.record(z.string(), texts).default({}),
      scripts: z.record(z.string(), z.string()).default({}),
      dynamic: texts.default([]),
    })
    .optional(),
  "build-system": z
    .looseObject({ requires: texts.default([]), "build-backend": z.string().optional() })
    .optional(),
  "dependency-groups": z
    .record(z.string(), z.array(z.union([z.string(), z.looseObject({ "include-group": z.string() })])))
    .default({}),
  tool: z.looseObject({ uv: uv.optional(), poetry: poetry.optional() }).default({}),
})

/** A `pyproject.toml` as far as building looks at it. */
export interface Pyproject extends z.output<typeof schema> {
  readonly file: string
  readonly text: string
  /** Everything in it. */
  readonly values: Readonly<Record<string, unknown>>
}

/** Texts of files by path, as far as they are known. */
export type Texts = ReadonlyMap<string, string | undefined>

/** Reads the `pyproject.toml` of a folder; undefined where there is none. */
export function readPyproject(folder: string, texts: Texts): Result<Pyproject | undefined> {
  const file = posix.join(folder, "pyproject.toml")
  const text = texts.get(file)
  if (text === undefined) return success(undefined)
  const toml = readToml(text, file)
  if (!toml.ok) return toml
  const checked = schema.safeParse(toml.value)
  if (checked.success) return success({ ...checked.data, file, text, values: toml.value })
  const [issue] = checked.error.issues
  const path = issue?.path.join(".") ?? ""
  return failure({ file, path, message: `is not what a pyproject.toml has there: ${issue?.message ?? ""}.` })
}

/** Programs that a project installs, by name. */
export function scriptNames({ project, tool }: Pyproject): readonly string[] {
  return [...Object.keys(project?.scripts ?? {}), ...Object.keys(tool.poetry?.scripts ?? {})].sort()
}

/** The requirements of a dependency group with those of the groups that it includes, each group once. */
export function groupRequirements(pyproject: Pyproject, group: string): readonly string[] {
  const groups = new Map(
    Object.entries(pyproject["dependency-groups"]).map(([name, entries]) => [normalName(name), entries]),
  )
  const seen = new Set<string>()
  const collect = (name: string): readonly string[] => {
    if (seen.has(normalName(name))) return []
    seen.add(normalName(name))
    return (groups.get(normalName(name)) ?? []).flatMap((entry) =>
      typeof entry === "string" ? [entry] : collect(entry["include-group"]),
    )
  }
  return collect(group)
}

/** The line of the first text that fits a pattern, from 1. */
export function lineOf(text: string, pattern: RegExp): number | undefined {
  const index = text.split("\n").findIndex((line) => pattern.test(line))
  return index === -1 ? undefined : index + 1
}
