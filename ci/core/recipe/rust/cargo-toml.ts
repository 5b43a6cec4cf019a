import { z } from "zod"
import { failure, success, type Result } from "../../result.js"
import { readToml } from "../../toml/read-toml.js"

const inherited = z.looseObject({ workspace: z.literal(true) })

const dependency = z.preprocess(
  (written) => (typeof written === "string" ? { version: written } : written),
  z.looseObject({
    version: z.string().optional(),
    path: z.string().optional(),
    git: z.string().optional(),
    package: z.string().optional(),
    workspace: z.literal(true).optional(),
  }),
)

const dependencies = z.record(z.string(), dependency).default({})

const kinds = {
  dependencies,
  "build-dependencies": dependencies,
  "dev-dependencies": dependencies,
}

const cargoToml = z.looseObject({
  ...kinds,
  package: z
    .looseObject({
      name: z.string(),
      version: z.union([z.string(), inherited]).default("0.0.0"),
      edition: z.union([z.string(), inherited]).optional(),
      "rust-version": z.union([z.string(), inherited]).optional(),
      workspace: z.string().optional(),
      "default-run": z.string().optional(),
      build: z.union([z.string(), z.boolean()]).optional(),
      autobins: z.boolean().default(true),
    })
    .optional(),
  lib: z.looseObject({ path: z.string().optional() }).optional(),
  bin: z
    .array(
      z.looseObject({
        name: z.string(),
        path: z.string().optional(),
        "required-features": z.array(z.string()).default([]),
      }),
    )
    .default([]),
  target: z.record(z.string(), z.looseObject(kinds)).default({}),
  patch: z.record(z.string(), z.record(z.string(), dependency)).default({}),
  workspace: z
    .looseObject({
      members: z.array(z.string()).default([]),
      exclude: z.array(z.string()).default([]),
      "default-members": z.array(z.string()).optional(),
      dependencies,
      package: z.record(z.string(), z.unknown()).default({}),
    })
    .optional(),
})

/** The tables of a Cargo.toml that say which packages, targets and dependencies there are. */
export type CargoTables = z.output<typeof cargoToml>

/** One Cargo.toml of the repository. */
export interface CargoToml {
  readonly file: string
  readonly text: string
  /** Everything in it, as written. */
  readonly raw: Readonly<Record<string, unknown>>
  readonly tables: CargoTables
}

/** One line of a dependency table. */
export interface Dependency {
  /** As the table calls it. */
  readonly key: string
  readonly kind: "normal" | "build" | "dev"
  readonly detail: z.output<typeof dependency>
}

/** Reads a Cargo.toml. */
export function readCargoToml(file: string, text: string): Result<CargoToml> {
  const raw = readToml(text, file)
  if (!raw.ok) return raw
  const checked = cargoToml.safeParse(raw.value)
  if (checked.success) return success({ file, text, raw: raw.value, tables: checked.data })
  const path = checked.error.issues[0]?.path.join(".") ?? ""
  return failure({
    file,
    path,
    message: "is not what Cargo takes there. Run cargo check to see what is wrong.",
  })
}

/** All dependencies of a package, those of single targets with them. */
export function dependenciesOf({ tables }: CargoToml): readonly Dependency[] {
  return [tables, ...Object.values(tables.target)].flatMap((table) => [
    ...lines(table.dependencies, "normal"),
    ...lines(table["build-dependencies"], "build"),
    ...lines(table["dev-dependencies"], "dev"),
  ])
}

function lines(table: CargoTables["dependencies"], kind: Dependency["kind"]): readonly Dependency[] {
  return Object.entries(table).map(([key, detail]) => ({ key, kind, detail }))
}

/** The line, from 1, of the first place where a Cargo.toml has a key. */
export function lineOf({ text }: Pick<CargoToml, "text">, key: string): number | undefined {
  const escaped = key.replaceAll(/[^\w]/g, "\\$&")
  const pattern = new RegExp(`^\\s*"?${escaped}"?\\s*[.=]|^\\s*\\[.*[."]?${escaped}"?\\]`)
  const index = text.split("\n").findIndex((line) => pattern.test(line))
  return index === -1 ? undefined : index + 1
}
