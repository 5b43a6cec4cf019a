import { posix } from "node:path"
import { problemsOf, failure, success } from "../../result.js"
import { builderClosure, closureStage } from "../closure-stage.js"
import { dependencyFiles } from "../dependency-files.js"
import type { LanguageRecipe, RecipeRequest } from "../language.js"
import { notLocked } from "../not-locked.js"
import { envSteps, type Stage, type Step } from "../steps.js"
import { goSettings } from "./flags.js"
import { isNative } from "./native.js"
import { reachOf } from "./packages.js"
import { slicedWorkSums, workSumFile } from "./sums.js"
import { goToolchain, toolchainVariables } from "./toolchain.js"
import { readWorkspace } from "./workspace.js"
import { slicedWork } from "./work-slice.js"

/** The stages of a Go service: its toolchain, then modules, then sources, then one binary. */
export function goParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, environment, platform, lock } = request
  const sum = lock.go[service.version]?.[platform]
  const native = isNative(service, environment)
    ? closureStage("toolchain", builderClosure("native", service), request)
    : success(undefined)
  if (sum === undefined)
    return failure(notLocked(service, `go ${service.version}`, platform), ...problemsOf(native))
  if (!native.ok) return native
  const fetched = goToolchain(service.version, platform, sum)
  const toolchains =
    native.value === undefined ? [fetched] : [{ ...fetched, name: "go" }, withGo(native.value)]
  const files = slices(request)
  return success({
    stages: [...toolchains, builder(request, [...files.keys()])],
    layers: [{ name: "app", stage: "builder", path: "/out" }],
    entrypoint: [`/app/${service.name}`],
    variables: {},
    files,
  })
}

/** The C compiler's locked packages with the wanted Go beside them. */
function withGo({ name, steps }: Stage): Stage {
  const go: Step = { do: "copyFrom", stage: "go", path: "/usr/local/go", to: "/usr/local/go" }
  return { name, steps: [...steps, go, ...toolchainVariables] }
}

function builder(request: RecipeRequest, rewritten: readonly string[]): Stage {
  const { service, environment, platform, inputs } = request
  const { own, others } = goSettings(service, environment)
  const modules = [...new Set([...dependencyFiles(inputs, ["go.mod", "go.sum", "go.work"]), ...rewritten])]
  const isVendored = inputs.some(
    ({ path }) => path.endsWith("/vendor/modules.txt") || path === "vendor/modules.txt",
  )
  const download: Step = { do: "run", name: "go mod download", command: ["go", "mod", "download"] }
  const [os = "", architecture = ""] = platform.split("/")
  return {
    name: "builder",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      ...envSteps({ CGO_ENABLED: "0", GOOS: os, GOARCH: architecture, ...own }),
      ...envSteps({ GOCACHE: "/root/.cache/go-build", GOMODCACHE: "/go/pkg/mod" }),
      { do: "cache", path: "/go/pkg/mod", id: "slipway-go-mod", sharing: "shared" },
      { do: "cache", path: "/root/.cache/go-build", id: "slipway-go-build", sharing: "shared" },
      { do: "workdir", path: posix.join("/src", service.folder) },
      { do: "copy", files: modules, to: "/src" },
      ...(isVendored ? [] : [download]),
      ...envSteps(others),
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

/** go.work and go.work.sum as far as the service reaches the workspace. */
function slices({ service, environment, inputs, texts }: RecipeRequest): ReadonlyMap<string, string> {
  const read = (file: string): string | undefined => texts.get(file)
  const usesWork = service.environments[environment].args["GOWORK"] !== "off"
  const workspace = readWorkspace(service.folder, read, usesWork)
  if (workspace?.work === undefined) return new Map()
  const paths = inputs.map(({ path }) => path)
  const { modules } = reachOf(workspace, posix.join(service.folder, service.entrypoint), read, () => paths)
  const sums = slicedWorkSums(workspace, modules, read)
  return new Map([
    [workspace.work.file, slicedWork(workspace.work, modules)],
    ...(sums === "" ? [] : [[workSumFile(workspace.work), sums] as const]),
  ])
}
