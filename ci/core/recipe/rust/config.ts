import { posix } from "node:path"
import { z } from "zod"
import { tidyPath } from "../../listing.js"
import { failure, success, type Result } from "../../result.js"
import { readToml } from "../../toml/read-toml.js"
import { upwards, type CargoSources } from "./cargo-sources.js"

const flags = z.union([z.string().transform((text) => text.split(" ")), z.array(z.string())]).default([])

const config = z.looseObject({
  build: z.looseObject({ rustflags: flags }).prefault({}),
  target: z.record(z.string(), z.looseObject({ rustflags: flags })).default({}),
  source: z.record(z.string(), z.looseObject({ directory: z.string().optional() })).default({}),
})

/** What the `.cargo/config.toml` files of a folder, and of those that it is in, say of a build. */
export interface CargoConfig {
  readonly files: readonly string[]
  /** Flags for every target, which Cargo forgets where a target has its own. */
  readonly rustflags: readonly string[]
  /** Folders of vendored packages. */
  readonly vendored: readonly string[]
}

/** Reads Cargo's configuration of a folder. */
export function readConfig(folder: string, sources: CargoSources): Result<CargoConfig> {
  const found = upwards(folder).flatMap((each) => {
    const files = ["config.toml", "config"].map((name) => posix.join(each, ".cargo", name))
    return files.filter((file) => sources.text(file) !== undefined).slice(-1)
  })
  const rustflags: string[] = []
  const vendored: string[] = []
  let hasTargetFlags = false
  for (const file of found) {
    const toml = readToml(sources.text(file) ?? "", file)
    if (!toml.ok) return toml
    const checked = config.safeParse(toml.value)
    if (!checked.success) {
      const path = checked.error.issues[0]?.path.join(".") ?? ""
      return failure({ file, path, message: "is not what Cargo takes there." })
    }
    const { build, target, source } = checked.data
    rustflags.unshift(...build.rustflags)
    hasTargetFlags ||= Object.values(target).some((each) => each.rustflags.length > 0)
    const base = posix.dirname(posix.dirname(file))
    for (const { directory } of Object.values(source))
      if (directory !== undefined) vendored.push(tidyPath(posix.join(base, directory)))
  }
  return success({ files: found, rustflags: hasTargetFlags ? [] : rustflags, vendored })
}
