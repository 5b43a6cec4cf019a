import { posix } from "node:path"
import { workshop } from "../../lock/closures.js"
import { problemsOf, failure, success } from "../../result.js"
import { builderClosure, closureStage } from "../closure-stage.js"
import { dependencyFiles } from "../dependency-files.js"
import type { LanguageRecipe, RecipeRequest } from "../language.js"
import { notLocked } from "../not-locked.js"
import { envSteps, type Stage } from "../steps.js"
import { dependencies } from "./dependencies.js"
import { goSettings } from "./flags.js"
import { isNative } from "./native.js"
import { isStandard, reachOf } from "./packages.js"
import { slicedWorkSums, workSumFile } from "./sums.js"
import { compiled, fetchedGo, goAlone, goToolchain, standardLibrary } from "./toolchain.js"
import { readWorkspace } from "./workspace.js"
import { slicedWork } from "./work-slice.js"

/** The stages of a Go service: its toolchain, the standard library, then modules, then sources, then one binary. */
export function goParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, environment, platform, lock } = request
  const sum = lock.go[service.version]?.[platform]
  const closure = isNative(service, environment) ? builderClosure("native", service) : workshop
  const base = closureStage("toolchain", closure, request)
  if (sum === undefined || !base.ok) {
    const missing = sum === undefined ? [notLocked(service, `go ${service.version}`, platform)] : []
    return failure(...missing, ...problemsOf(base))
  }
  const { files, imports } = reached(request)
  const isVendored = request.inputs.some(({ path }) => /(^|\/)vendor\/modules\.txt$/.test(path))
  const modules = dependencyFiles(request.inputs, ["go.mod", "go.sum", "go.work"])
  const folder = posix.join("/src", service.folder)
  const before = isVendored
    ? []
    : [dependencies({ folder, imports, files: [...new Set([...modules, ...files.keys()])] })]
  return success({
    stages: [
      fetchedGo(service.version, platform, sum),
      goAlone,
      goToolchain(base.value),
      standardLibrary("toolchain", goVariables(request)),
      ...before,
      builder(request, before[0]?.name ?? "standard library"),
    ],
    layers: [{ name: "app", stage: "builder", path: "/out" }],
    entrypoint: [`/app/${service.name}`],
    variables: {},
    files,
  })
}

function goVariables({ service, environment, platform }: RecipeRequest): Readonly<Record<string, string>> {
  const [os = "", architecture = ""] = platform.split("/")
  return { CGO_ENABLED: "0", GOOS: os, GOARCH: architecture, ...goSettings(service, environment).own }
}

function builder(request: RecipeRequest, before: string): Stage {
  const { service, environment } = request
  return {
    name: "builder",
    steps: [
      { do: "fromStage", stage: before },
      compiled(before),
      { do: "workdir", path: posix.join("/src", service.folder) },
      ...envSteps(goSettings(service, environment).others),
      { do: "copy", files: "all", to: "/src" },
      { do: "run", name: "go build", command: buildCommand(request) },
    ],
  }
}

/** No paths, times or build ids in the binary; symbols only where somebody debugs. */
function buildCommand({ service, environment }: RecipeRequest): readonly string[] {
  const { linkerFlags } = goSettings(service, environment)
  const own = environment === "development" ? "-buildid=" : "-s -w -buildid="
  const flags = [own, linkerFlags].filter((each) => each !== "").join(" ")
  const output = `/out/app/${service.name}`
  const main = service.entrypoint === "." ? "." : `./${service.entrypoint}`
  return ["go", "build", "-trimpath", "-buildvcs=false", `-ldflags=${flags}`, "-o", output, main]
}

/** What of the repository and from outside a service reaches. */
interface Reached {
  /** go.work and go.work.sum as far as the service reaches the workspace. */
  readonly files: ReadonlyMap<string, string>
  /** Import paths of packages from outside that are not Go's own, sorted. */
  readonly imports: readonly string[]
}

function reached({ service, environment, inputs, texts }: RecipeRequest): Reached {
  const read = (file: string): string | undefined => texts.get(file)
  const usesWork = service.environments[environment].args["GOWORK"] !== "off"
  const workspace = readWorkspace(service.folder, read, usesWork)
  if (workspace === undefined) return { files: new Map(), imports: [] }
  const paths = inputs.map(({ path }) => path)
  const main = posix.join(service.folder, service.entrypoint)
  const { modules, outside } = reachOf(workspace, main, read, () => paths)
  const imports = [...new Set(outside.map(({ path }) => path).filter((path) => !isStandard(path)))].sort()
  if (workspace.work === undefined) return { files: new Map(), imports }
  const sums = slicedWorkSums(workspace, modules, read)
  const files = new Map([
    [workspace.work.file, slicedWork(workspace.work, modules)],
    ...(sums === "" ? [] : [[workSumFile(workspace.work), sums] as const]),
  ])
  return { files, imports }
}
