import { posix } from "node:path"
import type { Step } from "../steps.js"
import { hasBuildScript, hasLibrary } from "./binaries.js"
import type { CargoProject } from "./project.js"
import { renderToml, withoutKeys, type Table } from "./slice-manifests.js"
import type { Package } from "./workspace.js"

/** Settings of a package that its dependencies do not depend on. */
const idle = ["default-run", "links", "readme", "license-file", "include", "exclude", "autolib"]

/**
 * Steps that write the packages of a build without their sources: the same dependencies and features, and empty
 * targets. What is built of them is exactly the dependencies.
 */
export function stubSteps(
  project: CargoProject,
  manifests: ReadonlyMap<string, Table>,
  paths: readonly string[],
): readonly Step[] {
  const packages = new Map(project.packages.map((one) => [one.toml.file, one]))
  return [...manifests]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([file, table]) => {
      const one = packages.get(file)
      return one === undefined ? [write(file, renderToml(table))] : stub(one, { project, table, paths })
    })
}

interface StubRequest {
  readonly project: CargoProject
  readonly table: Table
  readonly paths: readonly string[]
}

function stub(one: Package, { project, table, paths }: StubRequest): readonly Step[] {
  const { target } = project
  const isTarget = target.package.folder === one.folder
  const isBuilt = hasBuildScript(one, paths)
  const isLibrary = hasLibrary(one, paths)
  const { lib, package: settings, ...rest } = withoutKeys(table, ["bin", "lints"])
  const { name, features } = target.binary
  const main = { name, path: "slipway/main.rs", "required-features": features }
  const manifest = {
    ...rest,
    package: {
      ...withoutKeys(settings as Table, idle),
      ...{ autobins: false, autoexamples: false, autotests: false, autobenches: false },
      build: isBuilt && "slipway/build.rs",
    },
    ...(isLibrary ? { lib: { ...(lib as Table | undefined), path: "slipway/lib.rs" } } : {}),
    ...(isTarget ? { bin: [main] } : {}),
  }
  const at = (path: string) => posix.join(one.folder, path)
  return [
    write(at("Cargo.toml"), renderToml(manifest)),
    ...(isLibrary ? [write(at("slipway/lib.rs"), "")] : []),
    ...(isTarget ? [write(at("slipway/main.rs"), "fn main() {}\n")] : []),
    ...(isBuilt ? [write(at("slipway/build.rs"), "fn main() {}\n")] : []),
  ]
}

function write(path: string, text: string): Step {
  return { do: "write", path: posix.join("/src", path), text }
}
