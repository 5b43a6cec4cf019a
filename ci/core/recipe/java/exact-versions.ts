import type { Problem } from "../../problem.js"
import { childOf, childrenOf, textOf, withDescendants, type XmlElement } from "../../xml/read-xml.js"
import { coordinatesOf, type Pom } from "./pom.js"
import { interpolate, lineageOf, projectNamed, type Workspace } from "./workspace.js"

/** What in a pom would be another version tomorrow: ranges, LATEST, RELEASE, snapshots, plugins without a version. */
export function inexactVersions(workspace: Workspace, pom: Pom): readonly Problem[] {
  return withDescendants(pom.root)
    .filter((element) => element !== pom.root && !["exclusion", "relocation"].includes(element.name))
    .flatMap((element) => movingVersion(workspace, pom, element) ?? [])
    .concat(pluginsWithoutVersion(workspace, pom))
}

function movingVersion(workspace: Workspace, pom: Pom, element: XmlElement): Problem | undefined {
  const named = coordinatesOf(element)
  if (named?.version === undefined) return undefined
  const version = interpolate(workspace, pom, named.version)
  const what = movement(version)
  if (what === undefined || projectNamed(workspace, pom, named) !== undefined) return undefined
  const line = childOf(element, "version")?.line ?? element.line
  const message = `${named.artifactId} ${version} is ${what}. Name one exact version.`
  return { file: pom.file, line, message }
}

function movement(version: string): string | undefined {
  if (/[[(\])]/.test(version.replaceAll(/\$\{[^}]*\}/g, ""))) return "a range of versions"
  if (/^(LATEST|RELEASE)$/.test(version)) return "whatever is newest that day"
  return version.endsWith("-SNAPSHOT") ? "a snapshot, which changes" : undefined
}

/** Plugins that Maven itself gives a version, which its own version decides. */
const versionedByMaven =
  /^maven-(antrun|assembly|clean|compiler|dependency|deploy|ejb|install|jar|release|resources|site|surefire|war)-plugin$/

function pluginsWithoutVersion(workspace: Workspace, pom: Pom): readonly Problem[] {
  const lineage = lineageOf(workspace, pom)
  // A parent from outside may manage it.
  if (lineage.at(-1)?.parent !== undefined) return []
  const managed = new Set(lineage.flatMap((each) => builds(each).flatMap(versionedPlugins)))
  return builds(pom)
    .flatMap((build) => childrenOf(childOf(build, "plugins"), "plugin"))
    .filter((plugin) => textOf(plugin, "version") === undefined)
    .filter((plugin) => !managed.has(pluginName(plugin)))
    .filter((plugin) => !versionedByMaven.test(pluginName(plugin).replace("org.apache.maven.plugins:", "")))
    .map((plugin) => ({
      file: pom.file,
      line: plugin.line,
      message: `${textOf(plugin, "artifactId") ?? "a plugin"} has no version, so that Maven would take the newest of the day. Add one.`,
    }))
}

function builds({ root }: Pom): readonly XmlElement[] {
  return [root, ...childrenOf(childOf(root, "profiles"), "profile")].flatMap((holder) =>
    childrenOf(holder, "build"),
  )
}

function versionedPlugins(build: XmlElement): readonly string[] {
  const lists = [childOf(build, "plugins"), childOf(build, "pluginManagement", "plugins")]
  return lists
    .flatMap((list) => childrenOf(list, "plugin"))
    .filter((plugin) => textOf(plugin, "version") !== undefined)
    .map(pluginName)
}

function pluginName(plugin: XmlElement): string {
  return `${textOf(plugin, "groupId") ?? "org.apache.maven.plugins"}:${textOf(plugin, "artifactId") ?? ""}`
}
