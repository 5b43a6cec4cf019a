import { posix } from "node:path"
import type { EnvironmentName } from "../../ids.js"
import { failure, success } from "../../result.js"
import { dependencyFiles } from "../dependency-files.js"
import type { LanguageRecipe, RecipeRequest } from "../language.js"
import { lockedNpm } from "../locked-tools.js"
import { notLocked } from "../not-locked.js"
import { envSteps, script, type Stage, type Step } from "../steps.js"
import { collectPackages, collectService } from "./collect.js"
import { readPackageFiles, type PackageFiles } from "./package-files.js"
import { nodeRuntime } from "./runtime.js"
import { nodeToolchain, npmVersion } from "./toolchain.js"

const nodeEnvironments: Readonly<Record<EnvironmentName, string>> = {
  development: "development",
  testing: "test",
  production: "production",
}

/** The stages of a Node service: toolchain, stripped runtime, the packages that it runs with, the built service. */
export function nodeParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, environment, platform, lock, texts } = request
  const integrity = lock.node[service.version]?.[platform]
  const npm = lockedNpm(lock, "npm", npmVersion)
  const missing = [
    ...(integrity === undefined ? [notLocked(service, `node ${service.version}`, platform)] : []),
    ...(npm === undefined ? [notLocked(service, "npm", platform)] : []),
  ]
  if (integrity === undefined || npm === undefined) return failure(...missing)
  const files = readPackageFiles(service.folder, texts)
  if (!files.ok) return files
  const packages = hasPackages(files.value, environment) ? [dependencies(request)] : []
  return success({
    stages: [
      nodeToolchain({ node: { version: service.version, integrity }, npm }, platform),
      nodeRuntime(platform),
      ...packages,
      builder(request, files.value),
    ],
    layers: [
      { name: "node", stage: "node-runtime", path: "/out" },
      ...packages.map(({ name }) => ({ name, stage: name, path: "/out" })),
      { name: "app", stage: "builder", path: "/out" },
    ],
    entrypoint: ["/usr/local/bin/node", posix.join("/app", pathInImage(request), service.entrypoint)],
    variables: {
      NODE_ENV: nodeEnvironments[environment],
      ...(environment === "development" ? { NODE_OPTIONS: "--enable-source-maps" } : {}),
    },
  })
}

function hasPackages({ manifest }: PackageFiles, environment: EnvironmentName): boolean {
  const kinds =
    environment === "development"
      ? [manifest.dependencies, manifest.devDependencies]
      : [manifest.dependencies]
  return kinds.some((kind) => Object.keys(kind).length > 0)
}

/** The packages of the final image; their own stage, since they change less often than sources. */
function dependencies(request: RecipeRequest): Stage {
  const omit = request.environment === "development" ? [] : ["--omit=dev"]
  return {
    name: "dependencies",
    steps: [...install(request, omit), collectPackages(treeRoot(request), request.environment)],
  }
}

function builder(request: RecipeRequest, { manifest }: PackageFiles): Stage {
  const { service, environment } = request
  const isBuilt = manifest.scripts["build"] !== undefined
  const build: Step = { do: "run", name: "npm run build", command: ["npm", "run", "build"] }
  return {
    name: "builder",
    steps: [
      ...(isBuilt ? install(request, []) : place(request)),
      ...envSteps({ NODE_ENV: nodeEnvironments[environment], ...service.environments[environment].args }),
      { do: "copy", files: "all", to: "/src" },
      ...(isBuilt ? [build] : []),
      collectService(treeRoot(request), environment, isBuilt),
    ],
  }
}

/** Packages before sources. The service's own scripts wait: they may need sources that are not there yet. */
function install(request: RecipeRequest, options: readonly string[]): readonly Step[] {
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", ...options].join(" ")
  return [
    ...place(request),
    { do: "cache", path: "/root/.npm", id: "slipway-npm", sharing: "shared" },
    {
      do: "copy",
      files: dependencyFiles(request.inputs, ["package.json", "package-lock.json", ".npmrc"]),
      to: "/src",
    },
    script("npm ci", `npm ci ${flags}`, "npm rebuild --foreground-scripts"),
  ]
}

function place({ service }: RecipeRequest): readonly Step[] {
  return [
    { do: "fromStage", stage: "toolchain" },
    { do: "workdir", path: posix.join("/src", service.folder) },
  ]
}

/** What becomes /app: the service's folder, or the repository when the service uses other folders of it. */
function treeRoot({ service }: RecipeRequest): string {
  return service.uses.length === 0 ? posix.join("/src", service.folder) : "/src"
}

function pathInImage({ service }: RecipeRequest): string {
  return service.uses.length === 0 ? "." : service.folder
}
