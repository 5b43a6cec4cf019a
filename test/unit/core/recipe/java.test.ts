import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { Target } from "../../../../ci/io/load-target.js"
import { loadAll, loadOne } from "../../helpers/load.js"
import { renderRecipe } from "../../helpers/render-recipe.js"
import { javaService, repository, temporaryFolder } from "../../helpers/repository.js"

const workspace = join(import.meta.dirname, "../../../fixtures/workspaces/maven/repository")

type Files = Readonly<Record<string, string>>

const load = (files: Files = {}, options: Parameters<typeof loadOne>[1] = {}): Promise<Target> =>
  loadOne(repository({ ...javaService, ...files }), options)

async function problems(files: Files): Promise<readonly string[]> {
  const found = await loadAll(repository({ ...javaService, ...files }))
  return found.problems.map(({ file, line, message }) => `${file}:${line ?? ""} ${message}`)
}

/** The pom of the service with more in it. */
function pom(inner: string): Files {
  return {
    "services/hello/pom.xml": `<project>\n<groupId>com.acme</groupId>\n<artifactId>hello</artifactId>\n<version>1</version>\n${inner}\n</project>\n`,
  }
}

test("libraries come before sources, the runtime is made for what they need, and each is a layer", async () => {
  expect(renderRecipe((await load()).recipe)).toMatchInlineSnapshot(`
    "tools:
      from scratch
      closure workshop
      PATH=/usr/bin
    runtime:
      from scratch
      closure java
    maven:
      from debian:trixie-slim
      install ca-certificates curl
      run maven
    toolchain:
      from scratch
      closure jdk
      copy maven:/maven to /opt/maven
      write /opt/slipway/TrustStore.java
      write /opt/slipway/ModuleFinder.java
      HOME=/root
      JAVA_HOME=/usr/lib/jvm/java-21-openjdk-amd64
      LC_ALL=C.UTF-8
      PATH=/opt/maven/bin:/usr/lib/jvm/java-21-openjdk-amd64/bin:/usr/bin
      TZ=UTC
    libraries:
      from stage toolchain
      cd /src/services/hello
      write /src/services/hello/pom.xml
      run mvn dependencies
      run collect libraries
      run jdeps
    classes:
      from stage toolchain
      cd /src/services/hello
      cache /root/.m2/repository
      copy all
      run mvn process-classes
      mount libraries:/lists at /lists
      run collect classes
      run jdeps
    java-runtime:
      from stage toolchain
      copy libraries:/modules to /modules
      copy classes:/modules to /modules
      copy runtime:/etc/ssl/certs to /authorities
      run jlink
    builder:
      from stage classes
    layer runtime:
      from stage tools
      mount runtime:/ at /content
      run pack
    layer java:
      from stage tools
      mount java-runtime:/out at /content
      run pack
    layer libraries:
      from stage tools
      mount libraries:/out at /content
      run pack
    layer app:
      from stage tools
      mount builder:/out at /content
      run pack
    layers: runtime (runtime:/), java (java-runtime:/out), libraries (libraries:/out), app (builder:/out)
    run: /opt/java/bin/java -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData @/app/class-path com.acme.Main
      PATH=/usr/local/bin:/usr/bin:/bin
      PORT=8080
      SLIPWAY_ENVIRONMENT=production"
  `)
})

test("development can be debugged: modules for it, their programs, and names in stack traces", async () => {
  const text = JSON.stringify((await load({}, { environment: "development" })).recipe.stages)
  expect(text).toContain("jdk.jdwp.agent")
  expect(text).not.toContain("--strip-debug")
  expect(JSON.stringify((await load()).recipe.stages)).not.toContain("jdk.jdwp.agent")
})

test("arguments come before the libraries, since they choose profiles", async () => {
  const { recipe } = await load({
    "services/hello/service.yaml": "language: java\nargs: { MAVEN_ARGS: -Pprod }\n",
  })
  expect(renderRecipe(recipe)).toMatch(/libraries:\n {2}from stage toolchain\n {2}MAVEN_ARGS=-Pprod\n/)
})

test("the manifest's modules and options", async () => {
  const { recipe } = await load({
    "services/hello/service.yaml":
      "language: java\njava: { modules: [jdk.localedata], options: [-Xss512k] }\n",
  })
  expect(JSON.stringify(recipe.stages)).toContain("java.base jdk.crypto.ec jdk.zipfs jdk.localedata")
  expect(recipe.config.config.Entrypoint.slice(-3)).toEqual(["-Xss512k", "@/app/class-path", "com.acme.Main"])
})

describe("the JDK", () => {
  const property = (name: string, value: number) => `<${name}>${value}</${name}>`
  const properties = (...lines: readonly string[]) => pom(`<properties>${lines.join("")}</properties>`)
  const version = (version: string) => ({
    "services/hello/service.yaml": `language: java\nversion: ${version}\n`,
  })

  test.each([
    ["is 21 for what compiles for no more", properties(property("java.version", 17)), "21"],
    ["is 25 for what compiles for more", properties(property("maven.compiler.release", 24)), "25"],
    [
      "is new enough for what else is built with, too",
      properties(property("java.version", 25), property("maven.compiler.release", 17)),
      "25",
    ],
    [
      "is the one that the manifest names",
      { ...properties(property("java.version", 17)), ...version("25") },
      "25",
    ],
  ])("%s", async (_what, files, expected) => {
    const rendered = renderRecipe((await load(files)).recipe)
    expect(rendered).toContain(`JAVA_HOME=/usr/lib/jvm/java-${expected}-openjdk-amd64`)
    expect(rendered).toContain(`closure ${expected === "21" ? "jdk" : "jdk-25"}\n`)
  })

  test("that nobody has is told", async () => {
    expect(await problems(version("17"))).toEqual([
      "services/hello/service.yaml:2 there is no JDK 17. Use 21 or 25.",
    ])
  })
})

describe("the main class", () => {
  test.each([
    ["of a property", pom("<properties><exec.mainClass>a.B</exec.mainClass></properties>"), "a.B"],
    [
      "of a plugin, with a property in it",
      pom(
        "<properties><p>x.y</p></properties><build><plugins><plugin><artifactId>maven-jar-plugin</artifactId><configuration><archive><manifest><mainClass>${p}.C</mainClass></manifest></archive></configuration></plugin></plugins></build>",
      ),
      "x.y.C",
    ],
    ["of the sources", {}, "com.acme.Main"],
    [
      "of Helidon MP, where the project has none",
      {
        ...pom(
          "<dependencies><dependency><groupId>io.helidon.microprofile.bundles</groupId><artifactId>helidon-microprofile</artifactId><version>4.4.0</version></dependency></dependencies>",
        ),
        "services/hello/src/main/java/com/acme/Main.java": "class Greeting {}",
      },
      "io.helidon.microprofile.cdi.Main",
    ],
    [
      "of Spring Boot's application among others",
      {
        "services/hello/src/main/java/App.java":
          "@SpringBootApplication class App { public static void main(String[] a) {} }",
      },
      "App",
    ],
    [
      "of Kotlin",
      {
        "services/hello/src/main/java/com/acme/Main.java": "class Main {}",
        "services/hello/src/main/kotlin/app.kt": "package com.acme\n\nfun main() {}\n",
      },
      "com.acme.AppKt",
    ],
    [
      "of the manifest before all",
      { "services/hello/service.yaml": "language: java\nentrypoint: z.Z\n" },
      "z.Z",
    ],
  ])("%s", async (_what, files, expected) => {
    expect((await load(files)).recipe.config.config.Entrypoint.at(-1)).toBe(expected)
  })

  test("has to be named where there are several", async () => {
    const other = { "services/hello/src/main/java/Other.java": "class Other { static void main() {} }" }
    expect(await problems(other)).toEqual([
      "services/hello/service.yaml: several classes have a main method: Other, com.acme.Main. Name the one that runs, as in entrypoint: Other.",
    ])
  })
})

describe("what would be another version tomorrow is told", () => {
  const dependency = (version: string) =>
    pom(
      `<dependencies>\n<dependency><groupId>g</groupId><artifactId>a</artifactId>\n<version>${version}</version></dependency></dependencies>`,
    )

  test.each([
    ["[1.0,2.0)", "a [1.0,2.0) is a range of versions. Name one exact version."],
    ["LATEST", "a LATEST is whatever is newest that day. Name one exact version."],
    ["1.0-SNAPSHOT", "a 1.0-SNAPSHOT is a snapshot, which changes. Name one exact version."],
  ])("%s", async (version, message) => {
    expect(await problems(dependency(version))).toEqual([`services/hello/pom.xml:7 ${message}`])
  })

  test("a plugin without a version, unless Maven or a parent has one for it", async () => {
    const plugins = (name: string) =>
      pom(`<build><plugins><plugin><artifactId>${name}</artifactId></plugin></plugins></build>`)
    expect(await problems(plugins("maven-shade-plugin"))).toEqual([
      "services/hello/pom.xml:5 maven-shade-plugin has no version, so that Maven would take the newest of the day. Add one.",
    ])
    expect(await problems(plugins("maven-compiler-plugin"))).toEqual([])
  })
})

describe("a workspace of modules", () => {
  async function keys(edit: (root: string) => void = () => {}): Promise<Record<string, string>> {
    const root = temporaryFolder()
    cpSync(workspace, root, { recursive: true })
    edit(root)
    const { targets, problems: found } = await loadAll(root)
    expect(found).toEqual([])
    return Object.fromEntries(targets.map(({ service, key }) => [service, key]))
  }

  const change = (file: string, from: string, to: string) => (root: string) => {
    const text = readFileSync(join(root, file), "utf8")
    expect(text).toContain(from)
    writeFileSync(join(root, file), text.replace(from, to))
  }

  /** Services whose keys an edit changes. */
  async function changedBy(edit: (root: string) => void): Promise<readonly string[]> {
    const [before, after] = [await keys(), await keys(edit)]
    return Object.keys(before).filter((service) => before[service] !== after[service])
  }

  test.each([
    [
      "a library's version in a service's own pom",
      "services/billing/pom.xml",
      "2.0.16",
      "2.0.17",
      ["billing"],
    ],
    ["a library's version in shared code", "libs/audit/pom.xml", "2.11.0", "2.12.0", ["billing"]],
    ["shared code that both reach", "libs/money/pom.xml", "money", "money", []],
    [
      "a module that neither reaches",
      "pom.xml",
      "</modules>",
      "  <module>libs/new</module>\n  </modules>",
      [],
    ],
    ["anything else of the parent", "pom.xml", "UTF-8</project", "UTF-16</project", ["billing", "invoices"]],
  ])("%s", async (_what, file, from, to, expected) => {
    const add = (root: string) => {
      cpSync(join(workspace, "libs/audit"), join(root, "libs/new"), { recursive: true })
      change("libs/new/pom.xml", "<artifactId>audit", "<artifactId>new")(root)
      change(file, from, to)(root)
    }
    expect(await changedBy(add)).toEqual(expected)
  })
})

describe("shared code", () => {
  const library = {
    "libs/money/pom.xml":
      "<project><groupId>com.acme</groupId><artifactId>money</artifactId><version>1</version></project>",
    "libs/money/src/main/java/Money.java": "class Money {}",
  }
  const uses = pom(
    "<dependencies><dependency><groupId>com.acme</groupId><artifactId>money</artifactId><version>1</version></dependency></dependencies>",
  )

  test("without a pom that gathers it is named in uses, and the build sees a pom that gathers", async () => {
    const manifest = { "services/hello/service.yaml": "language: java\nuses: [libs/money]\n" }
    const { inputs } = await load({ ...library, ...uses, ...manifest })
    expect(inputs.find(({ path }) => path === "slipway-reactor.xml")?.text).toContain(
      "<module>libs/money/pom.xml</module>\n    <module>services/hello/pom.xml</module>",
    )
  })

  test("another version of it is a library from outside", async () => {
    const older = {
      "libs/money/pom.xml": library["libs/money/pom.xml"].replace("<version>1<", "<version>2<"),
    }
    const manifest = { "services/hello/service.yaml": "language: java\nuses: [libs/money]\n" }
    const { inputs } = await load({ ...library, ...older, ...uses, ...manifest })
    expect(inputs.some(({ path }) => path === "slipway-reactor.xml")).toBe(false)
  })

  test("a reactor's root whose module app runs, found with its settings", async () => {
    const child = (name: string, inner = "") =>
      `<project><parent><groupId>com.acme</groupId><artifactId>hello</artifactId><version>1</version></parent><artifactId>${name}</artifactId>${inner}</project>`
    const { recipe, inputs } = await load({
      ...pom("<packaging>pom</packaging><modules><module>api</module><module>app</module></modules>"),
      "services/hello/api/pom.xml": child("api"),
      "services/hello/app/pom.xml": child("app"),
      "services/hello/app/src/main/java/App.java": "class App { public static void main(String[] a) {} }",
      ".mvn/maven.config": "-Dx=y\n",
      ".mvn/wrapper/maven-wrapper.properties": "",
    })
    expect(recipe.config.config.Entrypoint.at(-1)).toBe("App")
    const paths = inputs.map(({ path }) => path)
    expect(paths).toContain(".mvn/maven.config")
    expect(paths).not.toContain(".mvn/wrapper/maven-wrapper.properties")
  })
})
