import { posix } from "node:path"
import type { LanguageRecipe } from "../language.js"
import { CargoSources } from "./cargo-sources.js"
import { readConfig } from "./config.js"
import { findProject } from "./project.js"
import { reachFrom } from "./reach.js"
import { toolchainProblem } from "./rust-version.js"
import { findTarget } from "./target.js"

/** Follows path dependencies, workspaces, patches and Cargo's configuration. */
export const surveyRust: LanguageRecipe["survey"] = ({ manifest, folder, texts, paths }) => {
  const sources = new CargoSources(texts)
  const request = { folder, entrypoint: manifest.entrypoint, sources, paths: paths.get(folder) ?? [] }
  const config = readConfig(folder, sources)
  toolchainProblem(folder, sources, "0")
  const project = findProject(request)
  const target = findTarget(request)
  const packages = project.ok
    ? project.value.packages
    : target.ok
      ? [...reachFrom([target.value.package], sources).packages.values()]
      : []
  const { files, vendored } = config.ok ? config.value : { files: [], vendored: [] }
  return {
    reads: [...sources.asked],
    lists: [folder],
    uses: [
      ...packages.map((one) => one.folder),
      ...files,
      ...vendored.filter((each) => !each.startsWith("..") && !posix.isAbsolute(each)),
    ],
  }
}
