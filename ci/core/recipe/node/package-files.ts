import { posix } from "node:path"
import { z } from "zod"
import { failure, success, type Result } from "../../result.js"

const ranges = z.record(z.string(), z.string()).default({})

const packageJson = z.looseObject({
  main: z.string().optional(),
  scripts: ranges,
  dependencies: ranges,
  devDependencies: ranges,
})

const packageLock = z.looseObject({
  lockfileVersion: z.number().default(1),
  packages: z
    .record(z.string(), z.looseObject({ dependencies: ranges, devDependencies: ranges }))
    .default({}),
})

/** The parts of a package.json and its package-lock.json that building looks at. */
export interface PackageFiles {
  readonly manifest: z.output<typeof packageJson>
  readonly lock: z.output<typeof packageLock>
}

/** Reads both files of a folder, whose lock must cover what the manifest asks for. */
export function readPackageFiles(folder: string, texts: ReadonlyMap<string, string>): Result<PackageFiles> {
  const manifest = readJson(posix.join(folder, "package.json"), packageJson, texts)
  const lockFile = posix.join(folder, "package-lock.json")
  const lock = readJson(lockFile, packageLock, texts)
  if (!manifest.ok) return manifest
  if (!lock.ok) return lock
  if (lock.value.lockfileVersion < 2) {
    const message = `lockfileVersion ${lock.value.lockfileVersion} is too old to build from. Run npm install with npm 7 or newer.`
    return failure({ file: lockFile, message })
  }
  const stale = staleness({ manifest: manifest.value, lock: lock.value })
  if (stale.length > 0) {
    return failure(
      ...stale.map((what) => ({ file: lockFile, message: `${what}. Run npm install in ${folder}.` })),
    )
  }
  return success({ manifest: manifest.value, lock: lock.value })
}

function readJson<S extends z.ZodType>(
  file: string,
  schema: S,
  texts: ReadonlyMap<string, string>,
): Result<z.output<S>> {
  const text = texts.get(file)
  if (text === undefined) {
    return failure({
      file,
      message: `the file is missing. Run npm install in ${posix.dirname(file)} and commit it.`,
    })
  }
  try {
    const checked = schema.safeParse(JSON.parse(text))
    if (checked.success) return success(checked.data)
    const path = checked.error.issues[0]?.path.join(".") ?? ""
    return failure({
      file,
      path,
      message: "is not what npm writes there. Run npm install to see what is wrong.",
    })
  } catch {
    return failure({ file, message: "the file is no JSON. Run npm install to see what is wrong." })
  }
}

/** What a package.json asks for and its lock does not hold in that range. */
function staleness({ manifest, lock }: PackageFiles): readonly string[] {
  const root = lock.packages[""]
  return (["dependencies", "devDependencies"] as const).flatMap((kind) =>
    Object.entries(manifest[kind]).flatMap(([name, range]) => {
      const locked = root?.[kind][name]
      if (locked === range) return []
      if (locked === undefined) return [`${name} is in package.json, but not in this lock`]
      return [`this lock is for ${name} ${locked}, but package.json asks for ${range}`]
    }),
  )
}
