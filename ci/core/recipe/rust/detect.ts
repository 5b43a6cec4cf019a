import { posix } from "node:path"
import { pickVersion } from "../../lock/pick-version.js"
import { failure, problemsOf, success } from "../../result.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import { CargoSources } from "./cargo-sources.js"
import { readConfig } from "./config.js"
import { findProject } from "./project.js"
import { lockedRust, toolchainProblem, tooNewPackages } from "./rust-version.js"
import { sliceLock } from "./slice-lock.js"

/** Finds a service's program, and whether its lock and this Rust fit it. */
export function detectRust(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const { manifest, folder, lock, paths, texts, at } = request
  const sources = new CargoSources(texts)
  if (sources.text(posix.join(folder, "Cargo.toml")) === undefined) {
    const message = `rust needs ${posix.join(folder, "Cargo.toml")}, and there is none. Run cargo init in ${folder}.`
    return failure(at("language", message))
  }
  const config = readConfig(folder, sources)
  const project = findProject({ folder, entrypoint: manifest.entrypoint, sources, paths })
  const slice = project.ok ? sliceLock(project.value) : project
  const available = lockedRust(lock)
  const version = available === undefined ? undefined : pickVersion([available], manifest.version)
  const tooNew =
    available === undefined
      ? []
      : [
          ...(version === undefined
            ? [
                at(
                  "version",
                  `there is no Rust ${manifest.version ?? ""}: ${available} is what Slipway builds with.`,
                ),
              ]
            : []),
          ...[toolchainProblem(folder, sources, available)].filter((found) => found !== undefined),
          ...(project.ok ? tooNewPackages(project.value.packages, available) : []),
        ]
  const problems = [...problemsOf(config), ...problemsOf(slice), ...tooNew]
  if (!project.ok || problems.length > 0) return failure(...problems)
  return success({ version: version ?? "latest", entrypoint: project.value.target.binary.name })
}
