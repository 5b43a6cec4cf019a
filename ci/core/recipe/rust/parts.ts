import { posix } from "node:path"
import { failure, problemsOf, success } from "../../result.js"
import type { LanguageRecipe, RecipeRequest } from "../language.js"
import { envSteps, script, shellWord, type Stage, type Step } from "../steps.js"
import { buildCommand, buildVariables, profileFolder, profileName } from "./build-settings.js"
import { renderCargoLock } from "./cargo-lock.js"
import { CargoSources } from "./cargo-sources.js"
import { readConfig, type CargoConfig } from "./config.js"
import { pruneLock } from "./prune-lock.js"
import { findProject, type CargoProject } from "./project.js"
import { sliceLock } from "./slice-lock.js"
import { renderToml, sliceManifests, type Table } from "./slice-manifests.js"
import { stubSteps } from "./stubs.js"
import { rustTarget, rustToolchain } from "./toolchain.js"

/** The stages of a Rust service: toolchain, then dependencies, then sources, then one static binary. */
export function rustParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, inputs, texts } = request
  const sources = new CargoSources(texts)
  const paths = inputs.map(({ path }) => path)
  const { folder, entrypoint } = service
  const toolchain = rustToolchain(request)
  const config = readConfig(folder, sources)
  const project = findProject({ folder, entrypoint, sources, paths })
  const slice = project.ok ? sliceLock(project.value) : project
  if (!toolchain.ok || !config.ok || !project.ok || !slice.ok)
    return failure(...problemsOf(toolchain), ...problemsOf(config), ...problemsOf(slice))
  const manifests = sliceManifests(project.value, slice.value)
  const lockFile = posix.join(project.value.root, "Cargo.lock")
  const lock = renderCargoLock(project.value.lock.version, slice.value)
  const build: Build = {
    request,
    project: project.value,
    config: config.value,
    manifests,
    lockFile,
    lock,
    paths,
  }
  const isVendored = config.value.vendored.length > 0
  return success({
    stages: [toolchain.value, ...(isVendored ? [] : [dependencies(build)]), builder(build, isVendored)],
    layers: [{ name: "app", stage: "builder", path: "/out" }],
    entrypoint: [`/app/${service.name}`],
    variables: {},
    files: new Map([
      ...[...manifests].map(([file, table]) => [file, renderToml(table)] as const),
      [lockFile, lock],
    ]),
  })
}

interface Build {
  readonly request: RecipeRequest
  readonly project: CargoProject
  readonly config: CargoConfig
  readonly manifests: ReadonlyMap<string, Table>
  readonly lockFile: string
  readonly lock: string
  readonly paths: readonly string[]
}

/** The lock as the build needs it; in a place of its own, since sources come with the whole slice. */
const prunedLock = "/locked/Cargo.lock"

/** Compiles the dependencies with empty sources, and leaves nothing of those: an edit of a source finds them done. */
function dependencies(build: Build): Stage {
  const { request, project, config, manifests, lockFile, lock, paths } = build
  return {
    name: "dependencies",
    steps: [
      ...begin(build),
      ...(config.files.length === 0 ? [] : [{ do: "copy", files: config.files, to: "/src" } as const]),
      ...stubSteps(project, manifests, paths),
      { do: "write", path: posix.join("/src", lockFile), text: lock },
      pruneLock(posix.join("/src", lockFile), prunedLock),
      { do: "run", name: "cargo build of dependencies", command: buildCommand(request, project) },
      script("forget stubs", forgetStubs(build), "rm -rf /src"),
    ],
  }
}

function builder(build: Build, isVendored: boolean): Stage {
  const { request, project, lockFile } = build
  const { service, platform } = request
  const lock = posix.join("/src", lockFile)
  const target = `/target/${rustTarget(platform)}/${profileFolder(request)}/${project.target.binary.name}`
  const start: readonly Step[] = isVendored ? begin(build) : [{ do: "fromStage", stage: "dependencies" }]
  return {
    name: "builder",
    steps: [
      ...start,
      { do: "copy", files: "all", to: "/src" },
      isVendored
        ? pruneLock(lock, prunedLock)
        : script("place Cargo.lock", `cp ${prunedLock} ${shellWord(lock)}`),
      { do: "run", name: "cargo build", command: buildCommand(request, project) },
      script(
        "collect binary",
        "mkdir -p /out/app",
        `cp ${shellWord(target)} ${shellWord(`/out/app/${service.name}`)}`,
      ),
    ],
  }
}

function begin({ request, project, config }: Build): readonly Step[] {
  return [
    { do: "fromStage", stage: "toolchain" },
    ...envSteps(buildVariables(request, config)),
    { do: "workdir", path: posix.join("/src", project.target.package.folder) },
  ]
}

function forgetStubs({ request, project }: Build): string {
  const names = project.packages.map(({ name }) => `-p ${shellWord(name)}`).join(" ")
  return `cargo clean --quiet --locked --offline --target ${rustTarget(request.platform)} --profile ${profileName(request)} ${names}`
}
