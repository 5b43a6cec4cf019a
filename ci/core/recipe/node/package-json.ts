import { z } from "zod"
import { failure, success, type Result } from "../../result.js"

const strings = z.record(z.string(), z.string()).default({})
const anything = z.record(z.string(), z.unknown())

const packageJson = z.looseObject({
  name: z.string().optional(),
  main: z.string().optional(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  scripts: strings,
  dependencies: strings,
  devDependencies: strings,
  optionalDependencies: strings,
  peerDependencies: strings,
  workspaces: z
    .union([z.array(z.string()), z.looseObject({ packages: z.array(z.string()).default([]) })])
    .optional(),
  packageManager: z.string().optional(),
  engines: z.looseObject({ node: z.string().optional() }).catch({}).default({}),
  pnpm: anything.optional(),
})

/** The parts of a package.json that building looks at; the others are kept as they are. */
export type PackageJson = z.output<typeof packageJson>

/** The kinds of dependencies that are installed; peers are what others bring. */
export const dependencyKinds = ["dependencies", "devDependencies", "optionalDependencies"] as const
export type DependencyKind = (typeof dependencyKinds)[number]

/** Reads a package.json, or tells what is wrong with it. */
export function parsePackageJson(text: string, file: string): Result<PackageJson> {
  return parseJson(text, file, packageJson, "package.json")
}

/** Reads a JSON file that a package manager writes. */
export function parseJson<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
  writer: string,
): Result<z.output<S>> {
  try {
    const checked = schema.safeParse(JSON.parse(text.replace(/^\uFEFF/, "")))
    if (checked.success) return success(checked.data)
    const path = checked.error.issues[0]?.path.join(".") ?? ""
    const message =
      writer === "npm"
        ? "is not what npm writes there. Run npm install to see what is wrong."
        : "is not what a package.json has there. Run npm install to see what is wrong."
    return failure({ file, path, message })
  } catch {
    return failure({ file, message: "the file is no JSON. Run npm install to see what is wrong." })
  }
}

/** Everything that one package asks for, by name; what it has twice counts as npm counts it: optional wins. */
export function wantedPackages(
  manifest: PackageJson,
  kinds: readonly DependencyKind[],
): Readonly<Record<string, string>> {
  return Object.assign({}, ...kinds.map((kind) => manifest[kind])) as Record<string, string>
}
