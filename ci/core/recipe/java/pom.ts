import { posix } from "node:path"
import { failure, success, type Result } from "../../result.js"
import { childOf, childrenOf, readXml, textOf, withDescendants, type XmlElement } from "../../xml/read-xml.js"

/** A Maven project by name; a part is undefined where it is not written. */
export interface Coordinates {
  readonly groupId: string | undefined
  readonly artifactId: string
  readonly version: string | undefined
}

/** The project that a pom inherits from. */
export interface Parent extends Coordinates {
  /** The pom in the repository where Maven looks first; undefined where `<relativePath/>` says not to look. */
  readonly file: string | undefined
  readonly line: number
}

/** One pom.xml as written. */
export interface Pom extends Coordinates {
  /** Its path, from the repository's root. */
  readonly file: string
  readonly folder: string
  readonly root: XmlElement
  readonly packaging: string
  readonly parent?: Parent
  /** The poms that `<modules>` names, in profiles too. */
  readonly modules: readonly Module[]
  readonly properties: ReadonlyMap<string, string>
}

/** A pom that another one names as its module. */
export interface Module {
  readonly file: string
  readonly line: number
}

/** Reads a pom.xml. */
export function readPom(text: string, file: string): Result<Pom> {
  const xml = readXml(text, file)
  if (!xml.ok) return xml
  const root = xml.value
  const artifactId = textOf(root, "artifactId")
  if (root.name !== "project" || artifactId === undefined)
    return failure({ file, message: "this is no Maven project: it has no <project> with an <artifactId>." })
  const folder = posix.dirname(file)
  const parent = parentOf(root, folder)
  return success({
    file,
    folder,
    root,
    groupId: textOf(root, "groupId"),
    artifactId,
    version: textOf(root, "version"),
    packaging: textOf(root, "packaging") ?? "jar",
    ...(parent === undefined ? {} : { parent }),
    modules: modulesOf(root, folder),
    properties: propertiesOf(root),
  })
}

/** The coordinates that an element names, where it names some. */
export function coordinatesOf(element: XmlElement): Coordinates | undefined {
  const artifactId = textOf(element, "artifactId")
  if (artifactId === undefined) return undefined
  return { groupId: textOf(element, "groupId"), artifactId, version: textOf(element, "version") }
}

function parentOf(root: XmlElement, folder: string): Parent | undefined {
  const element = childOf(root, "parent")
  const named = element && coordinatesOf(element)
  if (element === undefined || named === undefined) return undefined
  const written = childOf(element, "relativePath")
  const file =
    written === undefined
      ? posix.join(folder, "../pom.xml")
      : written.text && pomAt(posix.join(folder, written.text))
  return { ...named, file: file === "" ? undefined : file, line: element.line }
}

function modulesOf(root: XmlElement, folder: string): readonly Module[] {
  const holders = [root, ...childrenOf(childOf(root, "profiles"), "profile")]
  return holders
    .flatMap((holder) => childrenOf(childOf(holder, "modules"), "module"))
    .map(({ text, line }) => ({ file: pomAt(posix.join(folder, text)), line }))
}

function propertiesOf(root: XmlElement): ReadonlyMap<string, string> {
  return new Map(childOf(root, "properties")?.children.map(({ name, text }) => [name, text]))
}

/** Every element of a pom that names another project: dependencies, plugins, extensions, imported BOMs. */
export function referencesOf(pom: Pom): readonly XmlElement[] {
  const managed = withDescendants(pom.root).filter(({ name }) => name === "dependencyManagement")
  const idle = new Set(
    managed
      .flatMap(withDescendants)
      .filter((element) => element.name === "dependency" && textOf(element, "scope") !== "import")
      .flatMap(withDescendants),
  )
  return withDescendants(pom.root).filter(
    (element) =>
      element !== pom.root &&
      !["parent", "exclusion"].includes(element.name) &&
      !idle.has(element) &&
      textOf(element, "artifactId") !== undefined,
  )
}

function pomAt(path: string): string {
  return path.endsWith(".xml") ? path : posix.join(path, "pom.xml")
}
