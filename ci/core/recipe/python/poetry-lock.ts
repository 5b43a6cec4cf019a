import { posix } from "node:path"
import { z } from "zod"
import { failure, success, type Result } from "../../result.js"
import { readToml } from "../../toml/read-toml.js"

const one = z.union([
  z.string(),
  z.looseObject({
    version: z.string().optional(),
    extras: z.array(z.string()).default([]),
    markers: z.string().optional(),
    python: z.string().optional(),
    optional: z.boolean().default(false),
  }),
])

/** A dependency as Poetry writes it: a version, a table, or one of each of several markers. */
export const poetryDependency = z.union([one, z.array(one)])
export type PoetryDependency = z.output<typeof poetryDependency>

const lockedPackage = z.looseObject({
  name: z.string(),
  version: z.string(),
  optional: z.boolean().default(false),
  /** Since format 2.1. */
  groups: z.array(z.string()).optional(),
  markers: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  files: z.array(z.looseObject({ file: z.string(), hash: z.string() })).default([]),
  dependencies: z.record(z.string(), poetryDependency).default({}),
  extras: z.record(z.string(), z.array(z.string())).default({}),
  source: z
    .looseObject({ type: z.string(), url: z.string().default(""), reference: z.string().optional() })
    .optional(),
})

const schema = z.looseObject({
  package: z.array(lockedPackage).default([]),
  metadata: z.looseObject({ "lock-version": z.string(), "content-hash": z.string() }),
})

export type PoetryPackage = z.output<typeof lockedPackage>

/** A `poetry.lock` as far as building looks at it. */
export interface PoetryLock {
  readonly file: string
  readonly text: string
  readonly packages: readonly PoetryPackage[]
  readonly lockVersion: string
  readonly contentHash: string
}

/** Reads a `poetry.lock` of format 2.0 or 2.1. */
export function readPoetryLock(text: string, file: string): Result<PoetryLock> {
  const toml = readToml(text, file)
  if (!toml.ok) return toml
  const checked = schema.safeParse(toml.value)
  if (!checked.success) {
    const path = checked.error.issues[0]?.path.join(".") ?? ""
    return failure({
      file,
      path,
      message: "is not what Poetry writes there. Run poetry lock with Poetry 1.4 or newer.",
    })
  }
  const { package: packages, metadata } = checked.data
  const lockVersion = metadata["lock-version"]
  if (!lockVersion.startsWith("2.")) {
    const message = `format ${lockVersion} of this lock is not known here. Run poetry lock with Poetry 1.4 or newer.`
    return failure({ file, message })
  }
  return success({ file, text, packages, lockVersion, contentHash: metadata["content-hash"] })
}

/** The folder of a package of the repository; undefined for all others. */
export function poetryFolder({ source }: PoetryPackage, lock: Pick<PoetryLock, "file">): string | undefined {
  return source?.type === "directory" ? posix.join(posix.dirname(lock.file), source.url) : undefined
}
