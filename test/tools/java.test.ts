import { runMaven } from "../../ci/core/recipe/java/maven.js"
import { compareWithTool, type Question } from "./compare.js"
import { askInToolchain } from "./toolchain.js"

const listing = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:list"

/** Projects as Maven's reactor has them, by their poms, and the libraries that these name. */
compareWithTool("maven", async (question) => {
  const output = await list(question, "-DexcludeTransitive=true")
  const poms = [...output.matchAll(/^\[INFO\] {3}from (.*)$/gm)].map(([, path]) => path ?? "")
  return [...poms, ...librariesIn(output)]
})

async function list({ root, service }: Question, ...more: readonly string[]): Promise<string> {
  const args = [
    "--batch-mode",
    "--no-transfer-progress",
    "-Dstyle.color=never",
    "-DincludeScope=runtime",
    ...more,
  ]
  const which = [`--projects=services/${service}`, "--also-make"]
  return askInToolchain({ root, service }, ...runMaven([...args, ...which, "process-classes", listing]))
}

/** Libraries from outside as group:name@version. */
function librariesIn(output: string): readonly string[] {
  return [...output.matchAll(/^\[INFO\] {4}([\w.-]+:[\w.-]+):jar:([^:]+):/gm)]
    .filter(([, name]) => name?.startsWith("com.acme:") === false)
    .map(([, name, version]) => `${name}@${version}`)
}
