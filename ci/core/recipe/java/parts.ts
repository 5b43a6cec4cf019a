import { posix } from "node:path"
import { failure, success } from "../../result.js"
import { readXml } from "../../xml/read-xml.js"
import type { LanguageRecipe, RecipeRequest } from "../language.js"
import { notLocked } from "../not-locked.js"
import { envSteps, type Stage, type Step } from "../steps.js"
import { collectClasses, collectLibraries, findModules } from "./collect.js"
import { mavenClasses, mavenDependencies, repository } from "./maven.js"
import type { Reactor } from "./reactor.js"
import { javaHome, javaRuntime } from "./runtime.js"
import { dependencyPom, slicedPoms } from "./slice.js"
import { javaToolchain } from "./toolchain.js"
import { understand } from "./understand.js"

/** The stages of a Java service: toolchain, libraries, classes, the runtime that these need. */
export function javaParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, environment, platform, texts } = request
  const { folder, uses, java } = service
  const toolchain = javaToolchain(request)
  if (!toolchain.ok) return toolchain
  const { reactor } = understand({ folder, uses, project: java?.project, texts })
  if (reactor === undefined) return failure(notLocked(service, "its Maven project", platform))
  const files = slicedPoms(reactor, texts)
  return success({
    stages: [
      ...toolchain.value,
      libraries(request, reactor, files),
      classes(request, reactor),
      javaRuntime(request),
      { name: "builder", steps: [{ do: "fromStage", stage: "classes" }] },
    ],
    layers: [
      { name: "java", stage: "java-runtime", path: "/out" },
      { name: "libraries", stage: "libraries", path: "/out" },
      { name: "app", stage: "builder", path: "/out" },
    ],
    entrypoint: [
      `${javaHome}/bin/java`,
      ...["-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData"],
      ...(environment === "development" ? ["-XX:+ShowCodeDetailsInExceptionMessages"] : []),
      ...(java?.options ?? []),
      "@/app/class-path",
      service.entrypoint,
    ],
    variables: {},
    files,
  })
}

/** Everything from outside, found by poms alone, so that an edit of a source fetches nothing. */
function libraries(request: RecipeRequest, reactor: Reactor, sliced: ReadonlyMap<string, string>): Stage {
  const { inputs, texts } = request
  const poms = new Set([...reactor.poms.map(({ file }) => file), ...sliced.keys()])
  const settings = inputs.map(({ path }) => path).filter((path) => /(^|\/)\.mvn\//.test(path))
  return {
    name: "libraries",
    steps: [
      ...place(request, reactor),
      ...(settings.length === 0 ? [] : [{ do: "copy", files: settings, to: "/src" } as const]),
      ...[...poms].sort().map((path): Step => {
        const text = sliced.get(path) ?? texts.get(path) ?? ""
        return { do: "write", path: posix.join("/src", path), text: fetchable(text, path) }
      }),
      mavenDependencies(inSource(reactor.file)),
      collectLibraries(reactor.target.folder),
      findModules("/modules/libraries", "/out/app/lib/*.jar"),
    ],
  }
}

function classes(request: RecipeRequest, reactor: Reactor): Stage {
  return {
    name: "classes",
    steps: [
      ...place(request, reactor),
      // Maven finds again what it fetched for the libraries, and keeps what only sources make it fetch.
      { do: "cache", path: repository, id: "slipway-maven", sharing: "locked", stage: "libraries" },
      { do: "copy", files: "all", to: "/src" },
      mavenClasses(inSource(reactor.file)),
      { do: "mountFrom", stage: "libraries", path: "/lists", to: "/lists" },
      collectClasses(reactor.target.folder),
      findModules("/modules/classes", "/out/app/classes", "$(sed 's,^,/out/app/projects/,' /lists/projects)"),
    ],
  }
}

function place({ service, environment }: RecipeRequest, { file }: Reactor): readonly Step[] {
  return [
    { do: "fromStage", stage: "toolchain" },
    // Before the dependencies: arguments such as MAVEN_ARGS choose profiles.
    ...envSteps(service.environments[environment].args),
    { do: "workdir", path: posix.dirname(inSource(file)) },
  ]
}

function inSource(path: string): string {
  return posix.join("/src", path)
}

/** The shortened pom, where shortening left it whole. */
function fetchable(text: string, file: string): string {
  const short = dependencyPom(text)
  return readXml(short, file).ok ? short : text
}
