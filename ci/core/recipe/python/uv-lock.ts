import { z } from "zod"
import { failure, type Result, success } from "../../result.js"
import { readToml } from "../../toml/read-toml.js"

const file = z.looseObject({
  url: z.string().optional(),
  path: z.string().optional(),
  filename: z.string().optional(),
  hash: z.string().optional(),
})

const source = z.looseObject({
  registry: z.string().optional(),
  virtual: z.string().optional(),
  editable: z.string().optional(),
  directory: z.string().optional(),
  path: z.string().optional(),
  git: z.string().optional(),
  url: z.string().optional(),
})

const extras = z.array(z.string()).default([])
const dependency = z.looseObject({
  name: z.string(),
  version: z.string().optional(),
  source: source.optional(),
  extra: extras,
  marker: z.string().optional(),
})
const required = z.looseObject({ name: z.string(), extras, specifier: z.string().optional() })

const lockedPackage = z.looseObject({
  name: z.string(),
  version: z.string().optional(),
  source,
  dependencies: z.array(dependency).default([]),
  "optional-dependencies": z.record(z.string(), z.array(dependency)).default({}),
  "dev-dependencies": z.record(z.string(), z.array(dependency)).default({}),
  metadata: z
    .looseObject({
      "requires-dist": z.array(required).default([]),
      "requires-dev": z.record(z.string(), z.array(required)).default({}),
    })
    .optional(),
  sdist: file.optional(),
  wheels: z.array(file).default([]),
})

const schema = z.looseObject({ version: z.number(), package: z.array(lockedPackage).default([]) })

/** One package of a `uv.lock`. */
export type UvPackage = z.output<typeof lockedPackage>
export type UvDependency = z.output<typeof dependency>
/** What a package asked for when the lock was made. */
export type UvRequired = z.output<typeof required>

/** A `uv.lock` as far as building looks at it. */
export interface UvLock {
  readonly file: string
  readonly text: string
  readonly packages: readonly UvPackage[]
}

/** Reads a `uv.lock`. */
export function readUvLock(text: string, file: string): Result<UvLock> {
  const toml = readToml(text, file)
  if (!toml.ok) return toml
  const checked = schema.safeParse(toml.value)
  if (!checked.success) {
    const path = checked.error.issues[0]?.path.join(".") ?? ""
    return failure({ file, path, message: "is not what uv writes there. Run uv lock to make it anew." })
  }
  if (checked.data.version !== 1) {
    const message = `version ${checked.data.version} of this format is not known here. Lock with a uv that writes version 1.`
    return failure({ file, line: 1, message })
  }
  return success({ file, text, packages: checked.data.package })
}

/** The folder of a package of the repository, as the lock writes it: relative to the lock's own folder. */
export function localFolder({ source }: UvPackage): string | undefined {
  return source.editable ?? source.directory ?? source.virtual
}
