import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { failure, problemsOf, success, type Result } from "../../result.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import { inexactVersions } from "./exact-versions.js"
import {
  configuredMainClass,
  frameworkMainClass,
  isClassName,
  mainClassesIn,
  mainSources,
} from "./main-class.js"
import type { Pom } from "./pom.js"
import { cycleProblems, type Reactor } from "./reactor.js"
import { jdks } from "./toolchain.js"
import { childOf, childrenOf, textOf } from "../../xml/read-xml.js"
import { understand } from "./understand.js"
import { interpolate, isOutside, lineageOf, type Workspace } from "./workspace.js"

/** Takes a Java service's main class from its pom or sources, and tells what in its poms cannot be built from. */
export function detectJava(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const { manifest, folder, texts, at } = request
  const gradle = gradleProblem(request)
  if (gradle !== undefined) return failure(gradle)
  const uses = (manifest.uses ?? []).map(tidyPath)
  const { workspace, target, reactor } = understand({ folder, uses, project: manifest.java?.project, texts })
  const quarkus = reactor && quarkusProblem(request, workspace, reactor.target)
  if (quarkus !== undefined) return failure(quarkus)
  const unreadable = workspace.broken.get(posix.join(folder, "pom.xml"))
  if (unreadable !== undefined) return failure(...unreadable)
  if (reactor === undefined)
    return failure(at("language", "message" in target ? target.message : "no Maven project was found."))
  const version = javaVersion(request, workspace, reactor.target)
  const entrypoint = mainClass(request, workspace, reactor.target)
  const problems = [
    ...problemsOf(version),
    ...problemsOf(entrypoint),
    ...reactor.poms.flatMap((pom) => pomProblems(workspace, pom, reactor)),
    ...cycleProblems(workspace, reactor),
    ...packagingProblems(reactor),
  ]
  if (!version.ok || !entrypoint.ok || problems.length > 0) return failure(...problems)
  return success({ version: version.value, entrypoint: entrypoint.value })
}

function gradleProblem({ folder, texts, at }: DetectRequest): Problem | undefined {
  if (texts.has(posix.join(folder, "pom.xml"))) return undefined
  const found = ["build.gradle.kts", "build.gradle"].find((name) => texts.has(posix.join(folder, name)))
  if (found === undefined) return undefined
  const message = `java is built with Maven, and ${folder} has a ${found}. Add a pom.xml there, or build the service with a Dockerfile of its own.`
  return at("language", message)
}

/** Quarkus makes classes while it packs: those that compiling made do not start. */
function quarkusProblem({ folder, at }: DetectRequest, workspace: Workspace, pom: Pom): Problem | undefined {
  const plugins = lineageOf(workspace, pom).flatMap(({ root }) =>
    childrenOf(childOf(root, "build", "plugins"), "plugin"),
  )
  if (!plugins.some((plugin) => textOf(plugin, "artifactId") === "quarkus-maven-plugin")) return undefined
  const message = `${folder} is made with Quarkus, which makes its classes while it packs. Build it with a Dockerfile and language: docker.`
  return at("language", message)
}

/** A JDK builds for its own version of Java and for older ones: the first that is new enough, or the one asked for. */
function javaVersion({ manifest, at }: DetectRequest, workspace: Workspace, pom: Pom): Result<string> {
  const versions = Object.keys(jdks)
  if (manifest.version !== undefined) {
    const named = versions.find((version) => `${manifest.version}.`.startsWith(`${version}.`))
    const message = `there is no JDK ${manifest.version}. Use ${versions.join(" or ")}.`
    return named === undefined ? failure(at("version", message)) : success(named)
  }
  const asked = ["maven.compiler.release", "maven.compiler.target", "java.version"]
    .map((name) => Number(interpolate(workspace, pom, `\${${name}}`)))
    .filter((number) => number > 0)
  const [compiled = 0] = asked
  const newest = versions.at(-1) ?? ""
  const fitting = versions.find((version) => Number(version) >= Math.max(0, ...asked)) ?? newest
  if (compiled <= Number(fitting)) return success(fitting)
  const message = `asks for Java ${compiled}, and the newest JDK is ${newest}. Set maven.compiler.release to ${newest} or less.`
  return failure({ file: pom.file, message })
}

function mainClass(
  { manifest, paths, texts, at }: DetectRequest,
  workspace: Workspace,
  pom: Pom,
): Result<string> {
  if (manifest.entrypoint !== undefined) {
    if (isClassName(manifest.entrypoint)) return success(manifest.entrypoint)
    const message = `"${manifest.entrypoint}" names no class. Write the main class with its package, as in com.example.Main.`
    return failure(at("entrypoint", message))
  }
  const configured = configuredMainClass(workspace, pom)
  if (configured !== undefined) return success(configured)
  const found = mainClassesIn(mainSources(pom, paths), texts)
  const [only] = found
  if (only !== undefined && found.length === 1) return success(only)
  const framework = only === undefined ? frameworkMainClass(workspace, pom) : undefined
  if (framework !== undefined) return success(framework)
  const what =
    only === undefined
      ? `no class in ${pom.folder}/src/main has a main method`
      : `several classes have a main method: ${found.join(", ")}`
  return failure(
    at("entrypoint", `${what}. Name the one that runs, as in entrypoint: ${only ?? "com.example.Main"}.`),
  )
}

function pomProblems(workspace: Workspace, pom: Pom, { poms }: Reactor): readonly Problem[] {
  return [
    ...inexactVersions(workspace, pom),
    ...lostModules(workspace, pom, poms),
    ...lostParent(workspace, pom),
  ]
}

function lostModules(workspace: Workspace, pom: Pom, poms: readonly Pom[]): readonly Problem[] {
  return pom.modules.flatMap(({ file, line }) => {
    const broken = workspace.broken.get(file) ?? []
    if (isOutside(file))
      return [{ file: pom.file, line, message: `the module ${file} is out of the repository. Move it in.` }]
    if (poms.some((each) => each.file === file) || workspace.poms.has(file)) return []
    return broken.length > 0
      ? broken
      : [
          {
            file: pom.file,
            line,
            message: `there is no ${file}, which <modules> names. Take it out or add it.`,
          },
        ]
  })
}

function lostParent(workspace: Workspace, { file, parent, root }: Pom): readonly Problem[] {
  if (parent?.file === undefined) return []
  const isWritten = root.children
    .filter(({ name }) => name === "parent")
    .some((each) => each.children.some(({ name }) => name === "relativePath"))
  if (!isWritten) return []
  if (isOutside(parent.file))
    return [
      { file, line: parent.line, message: `the parent ${parent.file} is out of the repository. Move it in.` },
    ]
  const broken = workspace.broken.get(parent.file)
  if (broken !== undefined) return broken
  if (workspace.poms.has(parent.file)) return []
  const message = `there is no ${parent.file}, which relativePath names. Correct it, or write <relativePath/> for a parent from outside.`
  return [{ file, line: parent.line, message }]
}

function packagingProblems({ target }: Reactor): readonly Problem[] {
  if (!["pom", "war", "ear", "rar", "ejb"].includes(target.packaging)) return []
  const message = `packaging ${target.packaging} makes nothing that starts by itself. Use jar with a main class.`
  return [{ file: target.file, message }]
}
