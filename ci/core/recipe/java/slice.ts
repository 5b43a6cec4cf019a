import { posix } from "node:path"
import type { Reactor } from "./reactor.js"
import type { Texts } from "./workspace.js"

/** The poms of which a build sees another text: `<modules>` names only what the service reaches. */
export function slicedPoms(reactor: Reactor, texts: Texts): ReadonlyMap<string, string> {
  const kept = new Set(reactor.isMade ? [] : reactor.poms.map(({ file }) => file))
  const files = new Map<string, string>()
  for (const { file, folder, modules } of reactor.poms) {
    const text = texts.get(file) ?? ""
    if (modules.every((each) => kept.has(each.file))) continue
    const sliced = text.replaceAll(
      /[ \t]*<module>\s*([^<]*?)\s*<\/module>[ \t]*(\r?\n)?/g,
      (whole, name: string) => (kept.has(moduleFile(folder, name)) ? whole : ""),
    )
    files.set(file, sliced)
  }
  if (reactor.isMade) files.set(reactor.file, madeReactor(reactor))
  return files
}

/**
 * A pom for fetching dependencies: without what it runs at build time, so that no source is missed. Plugins that teach
 * Maven a packaging stay, and so do managed ones, which say versions.
 */
export function dependencyPom(text: string): string {
  const held: string[] = []
  const hold = (part: string): string => `@held${held.push(part) - 1}@`
  return text
    .replaceAll(/<!--[\s\S]*?-->/g, "")
    .replaceAll(/<reporting>[\s\S]*?<\/reporting>/g, "")
    .replaceAll(/<pluginManagement>[\s\S]*?<\/pluginManagement>/g, hold)
    .replaceAll(/<plugins>[\s\S]*?<\/plugins>/g, (plugins) => `<plugins>${extensionsOf(plugins)}</plugins>`)
    .replaceAll(/@held(\d+)@/g, (_whole, index: string) => held[Number(index)] ?? "")
}

function extensionsOf(plugins: string): string {
  return (plugins.match(/<plugin>[\s\S]*?<\/plugin>/g) ?? [])
    .filter((plugin) => /<extensions>\s*true\s*<\/extensions>/.test(plugin))
    .map((plugin) => plugin.replaceAll(/<executions>[\s\S]*?<\/executions>/g, ""))
    .join("")
}

function madeReactor({ file, projects }: Reactor): string {
  const folder = posix.dirname(file)
  const modules = projects.map((each) => posix.relative(folder, each.file)).sort()
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0">',
    "  <modelVersion>4.0.0</modelVersion>",
    "  <groupId>dev.slipway</groupId>",
    "  <artifactId>slipway-reactor</artifactId>",
    "  <version>1</version>",
    "  <packaging>pom</packaging>",
    "  <modules>",
    ...modules.map((each) => `    <module>${each}</module>`),
    "  </modules>",
    "</project>",
    "",
  ].join("\n")
}

function moduleFile(folder: string, name: string): string {
  const path = posix.join(folder, name)
  return path.endsWith(".xml") ? path : posix.join(path, "pom.xml")
}
