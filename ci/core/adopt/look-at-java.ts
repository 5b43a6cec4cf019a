import { posix } from "node:path"
import { parse } from "yaml"
import { isWithin } from "../listing.js"
import {
  configuredMainClass,
  frameworkMainClass,
  mainClassesIn,
  mainSources,
} from "../recipe/java/main-class.js"
import { coordinatesOf, referencesOf, type Pom } from "../recipe/java/pom.js"
import { packagesSpringBoot } from "../recipe/java/target.js"
import { exploreWorkspace, lineageOf, membersOf, type Workspace } from "../recipe/java/workspace.js"
import { assemble } from "./assemble.js"
import { dockerfileIn } from "./dockerfile-facts.js"
import type { HealthSettings } from "./health-signs.js"
import { broken, type Hint, type Look, type Settings, type Told } from "./proposal.js"
import { readSources, sourcesIn } from "./sources.js"
import type { Place, RepositoryView } from "./view.js"

/** A folder with a pom.xml whose project runs, or has modules of which some run. */
export function lookAtJava(place: Place, view: RepositoryView): Look | undefined {
  const { folder } = place
  const file = posix.join(folder, "pom.xml")
  if (!view.has(file)) return undefined
  const workspace = workspaceOf(folder, view)
  const own = workspace.poms.get(file)
  if (own === undefined) return broken({ problems: workspace.broken.get(file) ?? [] })
  const running = runningModules(workspace, own, view)
  const [target, second] = running
  if (target === undefined)
    return { kind: "library", what: own.packaging === "pom" ? "a parent pom" : "Java without a main class" }
  const isGathering = own.packaging === "pom"
  const isPart = (inner: string) => second === undefined && isWithin(inner, target.folder)
  if (isGathering && !place.nested.every(isPart)) return { kind: "library", what: "a parent pom" }
  const names = running.map((each) => posix.relative(folder, each.folder))
  const artifacts = artifactsOf(workspace, target)
  const config = configurationOf(target.folder, view)
  const port = configuredPort(config)
  const known = projectSetting(workspace, own, target, running)
  const proposal = assemble({
    language: "java",
    from: "pom.xml",
    title: own.artifactId.toLowerCase(),
    ...(isGathering && second === undefined ? { covers: [target.folder] } : {}),
    folder,
    sources: readSources(sourcesIn({ folder: target.folder, nested: [] }, view, /\.(java|kt)$/), view),
    docker: dockerfileIn(folder, view),
    configuredPort: port,
    usualPort: usualPort(artifacts),
    health: frameworkHealth(artifacts, config),
    ...(known === undefined ? {} : { known, origins: { java: "the module that has a main class" } }),
    hints: second === undefined ? [] : [whichModule(names)],
  })
  return { kind: "service", proposal }
}

/** The project of a pom, or its modules, that have something to start. */
function runningModules(workspace: Workspace, pom: Pom, view: RepositoryView): readonly Pom[] {
  const projects = pom.packaging === "pom" ? membersOf(workspace, pom) : [pom]
  return projects.filter((each) => {
    if (each.packaging === "pom") return false
    if (configuredMainClass(workspace, each) !== undefined || packagesSpringBoot(each)) return true
    const sources = mainSources(each, view.paths)
    view.ask(sources)
    return mainClassesIn(sources, view.texts).length > 0 || frameworkMainClass(workspace, each) !== undefined
  })
}

/** The Maven projects that a folder has to do with. */
function workspaceOf(folder: string, view: RepositoryView): Workspace {
  const workspace = exploreWorkspace(folder, [], view.texts)
  view.ask(workspace.reads)
  return workspace
}

/** The module that runs, where Java's recipe would not find it by itself. */
function projectSetting(
  workspace: Workspace,
  own: Pom,
  target: Pom,
  running: readonly Pom[],
): Settings | undefined {
  const modules = membersOf(workspace, own).filter(({ packaging }) => packaging !== "pom")
  if (own.packaging !== "pom" || running.length > 1 || modules.length === 1) return undefined
  const isFound =
    posix.basename(target.folder) === "app" ||
    configuredMainClass(workspace, target) !== undefined ||
    packagesSpringBoot(target)
  return isFound ? undefined : { java: { project: posix.relative(own.folder, target.folder) } }
}

function whichModule(names: readonly string[]): Hint {
  return {
    setting: "java",
    why: `The module that runs, one of ${names.join(", ")}.`,
    example: { java: { project: names[0] ?? "." } },
    isNeeded: true,
  }
}

function artifactsOf(workspace: Workspace, pom: Pom): ReadonlySet<string> {
  const named = lineageOf(workspace, pom).flatMap(referencesOf)
  return new Set(named.flatMap((element) => coordinatesOf(element)?.artifactId ?? []))
}

type Configuration = ReadonlyMap<string, Told<string>>

const microprofile = "META-INF/microprofile-config.properties"

/** Settings of Spring, Quarkus, Micronaut and MicroProfile by dotted names. */
function configurationOf(folder: string, view: RepositoryView): Configuration {
  const found = new Map<string, Told<string>>()
  for (const name of ["application.yml", "application.yaml", "application.properties", microprofile]) {
    const text = view.text(posix.join(folder, "src/main/resources", name))
    if (text === undefined) continue
    const pairs = name.endsWith(".properties") ? properties(text) : yamlSettings(text)
    for (const [key, value] of pairs) found.set(key, { value, from: `${key} in ${name}` })
  }
  return found
}

function properties(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/^\s*([\w.%-]+)\s*[=:]\s*(.*?)\s*$/gm)].map(([, key = "", value = ""]) => [
    key,
    value,
  ])
}

function yamlSettings(text: string): readonly (readonly [string, string])[] {
  try {
    return flatten(
      parse(text.split(/^---/m).find((part) => part.trim() !== "") ?? "", { logLevel: "silent" }),
      "",
    )
  } catch {
    return []
  }
}

function flatten(value: unknown, prefix: string): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null) return [[prefix, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, prefix === "" ? key : `${prefix}.${key}`),
  )
}

function configuredPort(config: Configuration): Told<number> | undefined {
  for (const key of ["server.port", "quarkus.http.port", "micronaut.server.port", "grpc.server.port"]) {
    const found = config.get(key)
    const port = Number(/^(?:\$\{[\w.]+:)?(\d+)\}?$/.exec(found?.value ?? "")?.[1])
    if (found !== undefined && port > 0 && port <= 65535) return { value: port, from: found.from }
  }
  return undefined
}

function usualPort(artifacts: ReadonlySet<string>): Told<number> | undefined {
  const web = /^(spring-boot-starter-(web|webflux|webmvc)|quarkus-(rest|resteasy).*|micronaut-http-server.*)$/
  const found = [...artifacts].find((name) => web.test(name))
  return found === undefined ? undefined : { value: 8080, from: `the port of ${found}` }
}

function frameworkHealth(
  artifacts: ReadonlySet<string>,
  config: Configuration,
): Told<HealthSettings> | undefined {
  const value = (key: string) => config.get(key)?.value.replace(/\/$/, "")
  if (artifacts.has("spring-boot-starter-actuator")) {
    const own = Number(value("management.server.port"))
    const base = value("management.endpoints.web.base-path") ?? "/actuator"
    const context = own > 0 ? "" : (value("server.servlet.context-path") ?? "")
    return {
      value: { http: `${context}${base}/health`, ...(own > 0 ? { port: own } : {}) },
      from: "spring-boot-starter-actuator",
    }
  }
  if (artifacts.has("quarkus-smallrye-health"))
    return { value: { http: "/q/health" }, from: "quarkus-smallrye-health" }
  if (artifacts.has("helidon-webserver-observe-health"))
    return { value: { http: "/observe/health" }, from: "helidon-webserver-observe-health" }
  if (artifacts.has("helidon-microprofile-health"))
    return { value: { http: "/health" }, from: "helidon-microprofile-health" }
  if (artifacts.has("micronaut-management"))
    return { value: { http: "/health" }, from: "micronaut-management" }
  return undefined
}
