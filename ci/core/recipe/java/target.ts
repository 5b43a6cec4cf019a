import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import { suggest } from "../../suggest.js"
import { childrenOf, childOf, textOf } from "../../xml/read-xml.js"
import { configuredMainClass } from "./main-class.js"
import type { Pom } from "./pom.js"
import { membersOf, type Workspace } from "./workspace.js"

/** The project that runs, or why none was found. */
export type Target = { readonly pom: Pom } | { readonly message: string }

/**
 * The project of a service's folder whose classes run: the folder's own, the named module of it, else the module `app`,
 * else the only one that says which class runs, else the only one.
 */
export function targetOf(workspace: Workspace, folder: string, project: string | undefined): Target {
  const file = posix.join(folder, "pom.xml")
  const own = workspace.poms.get(file)
  if (own === undefined)
    return {
      message: `java needs ${file}, and there is none. Add one, or build the service with a Dockerfile of its own.`,
    }
  const modules = membersOf(workspace, own).filter(({ packaging }) => packaging !== "pom")
  const names = modules.map((each) => posix.relative(folder, each.folder))
  if (project !== undefined) {
    const wanted = tidyPath(project)
    const found = wanted === "." ? own : modules.find((each) => each.folder === posix.join(folder, wanted))
    if (found !== undefined) return { pom: found }
    const hint = suggest(project, names)
    return { message: `"${project}" is no module of ${file}.${hint === undefined ? "" : ` Is it ${hint}?`}` }
  }
  if (own.packaging !== "pom") return { pom: own }
  const candidates = [
    modules.filter((each) => posix.basename(each.folder) === "app"),
    modules.filter((each) => configuredMainClass(workspace, each) !== undefined),
    modules.filter(packagesSpringBoot),
    modules,
  ]
  const [found] = candidates.flatMap((each) => (each.length === 1 ? each : []))
  if (found !== undefined) return { pom: found }
  if (modules.length === 0) return { message: `${file} has no module that could run.` }
  const choice = names.map((name) => `"${name}"`).join(", ")
  return {
    message: `${file} has the modules ${choice}. Say which one runs, as in java: { project: ${names[0]} }.`,
  }
}

/** Whether a project packages a program with Spring Boot. */
export function packagesSpringBoot({ root }: Pom): boolean {
  const plugins = childrenOf(childOf(root, "build", "plugins"), "plugin")
  return plugins.some((plugin) => textOf(plugin, "artifactId") === "spring-boot-maven-plugin")
}
