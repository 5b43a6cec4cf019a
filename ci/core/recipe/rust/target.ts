import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import { failure, problemsOf, success, valuesOf, type Result } from "../../result.js"
import { didYouMean } from "../../suggest.js"
import { binariesOf, type Binary } from "./binaries.js"
import type { CargoSources } from "./cargo-sources.js"
import { isListed, packageOf, workspaceOf, type Package } from "./workspace.js"

/** What a service is: one program of one package. */
export interface CargoTarget {
  readonly package: Package
  readonly binary: Binary
}

/** Where a service's program is looked for. */
export interface TargetRequest {
  readonly folder: string
  /** The program's name; where there is only one, it need not be said. */
  readonly entrypoint: string | undefined
  readonly sources: CargoSources
  /** Files that are there, at least those in the folder. */
  readonly paths: readonly string[]
}

/** Finds the program that a service is: in the folder's package, or in the packages of its workspace. */
export function findTarget(request: TargetRequest): Result<CargoTarget> {
  const { folder, entrypoint, paths } = request
  const packages = packagesOf(request)
  if (!packages.ok) return packages
  const targets = packages.value.flatMap((each) =>
    binariesOf(each, paths).map((binary): CargoTarget => ({ package: each, binary })),
  )
  const names = targets.map(({ binary }) => binary.name)
  const file = posix.join(folder, "Cargo.toml")
  if (entrypoint !== undefined) {
    const named = targets.find(({ binary }) => binary.name === entrypoint)
    if (named !== undefined) return success(named)
    const there = names.length === 0 ? "" : ` Those there are: ${names.join(", ")}.`
    return failure({
      file,
      message: `no binary is called "${entrypoint}".${didYouMean(entrypoint, names) || there}`,
    })
  }
  const preferred = packages.value[0]?.toml.tables.package?.["default-run"]
  const [first, ...others] = targets
  const chosen = others.length === 0 ? first : targets.find(({ binary }) => binary.name === preferred)
  if (chosen !== undefined) return success(chosen)
  if (first === undefined)
    return failure({ file, message: `there is no binary in ${folder}. Add src/main.rs, or a [[bin]].` })
  const message = `there are several binaries: ${names.join(", ")}. Name one as the entrypoint in service.yaml.`
  return failure({ file, message })
}

/** The package of the folder, or the members of its workspace that hold no package itself. */
function packagesOf({ folder, sources, paths }: TargetRequest): Result<readonly Package[]> {
  const own = packageOf(folder, sources)
  if (!own.ok) return own
  if (own.value !== undefined) return success([own.value])
  const toml = sources.toml(folder)
  if (!toml.ok) return toml
  const file = posix.join(folder, "Cargo.toml")
  if (toml.value === undefined)
    return failure({ file, message: "the file is missing. Run cargo init, or name another language." })
  const workspace = workspaceOf(folder, toml.value, sources)
  if (!workspace.ok) return workspace
  if (workspace.value === undefined)
    return failure({ file, message: "there is neither a [package] nor a [workspace]." })
  const { tables } = workspace.value
  const globs = tables["default-members"] ?? tables.members
  const folders = paths
    .filter((path) => posix.basename(path) === "Cargo.toml")
    .map((path) => tidyPath(posix.dirname(path)))
    .filter((each) => workspace.value !== undefined && isListed(each, workspace.value, globs))
  const members = folders.map((each) => packageOf(each, sources))
  const problems = members.flatMap(problemsOf)
  return problems.length > 0
    ? failure(...problems)
    : success(valuesOf(members).filter((each) => each !== undefined))
}
