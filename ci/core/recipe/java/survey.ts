import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import type { Survey, SurveyRequest } from "../language.js"
import { configuredMainClass, mainSources } from "./main-class.js"
import type { Pom } from "./pom.js"
import type { Reactor } from "./reactor.js"
import { understand } from "./understand.js"
import { foldersUpwards } from "./workspace.js"

/** Follows a service's poms through the repository, and reads its sources where no pom says which class runs. */
export function surveyJava({ manifest, folder, texts, paths }: SurveyRequest): Survey {
  const uses = (manifest.uses ?? []).map(tidyPath)
  const gradle = ["build.gradle", "build.gradle.kts"].map((name) => posix.join(folder, name))
  const { workspace, reactor } = understand({ folder, uses, project: manifest.java?.project, texts })
  const reads = [...gradle, ...workspace.reads]
  if (reactor === undefined) return { reads }
  const settings = foldersUpwards(posix.dirname(reactor.file)).map((each) => posix.join(each, ".mvn"))
  const { target } = reactor
  const isNamed = manifest.entrypoint !== undefined || configuredMainClass(workspace, target) !== undefined
  const sources = isNamed ? [] : [posix.join(target.folder, "src/main")]
  return {
    reads: [...reads, ...sources.flatMap((each) => mainSources(target, paths.get(each) ?? []))],
    lists: [...settings, ...sources],
    uses: [...reactorUses(reactor), ...mavenSettings(settings, paths)],
  }
}

function reactorUses({ projects, poms }: Reactor): readonly string[] {
  const isFolder = (pom: Pom) => projects.includes(pom) && pom.packaging !== "pom"
  return poms.map((pom) => (isFolder(pom) ? pom.folder : pom.file))
}

/** The files of the nearest .mvn folder that Maven itself reads; which Maven runs, the lock says. */
function mavenSettings(
  folders: readonly string[],
  paths: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const nearest = folders.find((folder) => (paths.get(folder) ?? []).length > 0)
  return nearest === undefined
    ? []
    : (paths.get(nearest) ?? []).filter((path) => !path.startsWith(`${nearest}/wrapper/`))
}
