import { posix } from "node:path"
import { isWithin } from "../../listing.js"
import { childOf, withDescendants } from "../../xml/read-xml.js"
import { coordinatesOf, referencesOf, type Pom } from "./pom.js"
import { interpolate, lineageOf, type Texts, type Workspace } from "./workspace.js"

/** Names under which poms say which class runs, as properties or in the configuration of plugins. */
const names =
  /^(main-?class|exec\.mainClass|start-class|main\.class|app\.main\.class|application\.main\.class)$/i

/** The class that a pom says runs: a plugin's configuration, else a property, the pom's own before its parents'. */
export function configuredMainClass(workspace: Workspace, pom: Pom): string | undefined {
  const found = lineageOf(workspace, pom).flatMap(({ root, properties }) => {
    const configured = [childOf(root, "build")].flatMap((build) =>
      build === undefined ? [] : withDescendants(build).filter(({ name }) => names.test(name)),
    )
    const set = [...properties].filter(([name]) => names.test(name)).map(([, value]) => value)
    return [...configured.map(({ text }) => text), ...set]
  })
  return found.map((text) => interpolate(workspace, pom, text)).find((name) => isClassName(name))
}

/** Frameworks whose own class starts a project that has none, by a group of what it depends on. */
const frameworks: readonly (readonly [string, string])[] = [
  ["io.helidon.microprofile", "io.helidon.microprofile.cdi.Main"],
]

/** The class with which a project's framework starts it where it has no main method of its own. */
export function frameworkMainClass(workspace: Workspace, pom: Pom): string | undefined {
  const groups = lineageOf(workspace, pom)
    .flatMap(referencesOf)
    .flatMap((element) => coordinatesOf(element)?.groupId ?? [])
  return frameworks.find(([group]) => groups.some((each) => `${each}.`.startsWith(`${group}.`)))?.[1]
}

/** The sources of a project in which its main class may be. */
export function mainSources(pom: Pom, paths: readonly string[]): readonly string[] {
  const folder = posix.join(pom.folder, "src/main")
  return paths.filter((path) => isWithin(path, folder) && /\.(java|kt)$/.test(path))
}

/** Classes of a project's sources with a main method; only those of Spring Boot where there are some. */
export function mainClassesIn(sources: readonly string[], texts: Texts): readonly string[] {
  const found = sources
    .map((path) => ({ path, text: texts.get(path) ?? "" }))
    .filter(({ path, text }) => (path.endsWith(".kt") ? kotlinMain : javaMain).test(text))
  const spring = found.filter(({ text }) => text.includes("@SpringBootApplication"))
  const classes = (spring.length > 0 ? spring : found).map(({ path, text }) => className(path, text))
  return [...new Set(classes)].sort()
}

/** True for a text that may name a class. */
export function isClassName(text: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u.test(text)
}

const javaMain = /\bstatic\s+(final\s+)?void\s+main\s*\(/
const kotlinMain = /^\s*(suspend\s+)?fun\s+main\s*\(/m

function className(path: string, text: string): string {
  const base = posix.basename(path).replace(/\.(java|kt)$/, "")
  const isKotlin = path.endsWith(".kt")
  const name = isKotlin ? `${base.charAt(0).toUpperCase()}${base.slice(1)}Kt` : base
  const inPackage = /^\s*package\s+([\w.]+)/m.exec(text)?.[1]
  return inPackage === undefined ? name : `${inPackage}.${name}`
}
