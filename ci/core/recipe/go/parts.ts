import { posix } from "node:path"
import { failure, success } from "../../result.js"
import { dependencyFiles } from "../dependency-files.js"
import type { LanguageRecipe, RecipeRequest } from "../language.js"
import { notLocked } from "../not-locked.js"
import { envSteps, type Stage, type Step } from "../steps.js"
import { goToolchain } from "./toolchain.js"

/** The stages of a Go service: its toolchain, then modules, then sources, then one static binary. */
export function goParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, platform, lock } = request
  const sum = lock.go[service.version]?.[platform]
  if (sum === undefined) return failure(notLocked(service, `go ${service.version}`, platform))
  return success({
    stages: [goToolchain(service.version, platform, sum), builder(request)],
    layers: [{ name: "app", stage: "builder", path: "/out" }],
    entrypoint: [`/app/${service.name}`],
    variables: {},
  })
}

function builder(request: RecipeRequest): Stage {
  const { service, environment, platform, inputs } = request
  const modules = dependencyFiles(inputs, ["go.mod", "go.sum"])
  const isVendored = inputs.some(({ path }) => path === posix.join(service.folder, "vendor/modules.txt"))
  const download: Step = { do: "run", name: "go mod download", command: ["go", "mod", "download"] }
  const [os = "", architecture = ""] = platform.split("/")
  return {
    name: "builder",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      ...envSteps({ CGO_ENABLED: "0", GOOS: os, GOARCH: architecture }),
      ...envSteps({ GOCACHE: "/root/.cache/go-build", GOMODCACHE: "/go/pkg/mod" }),
      { do: "cache", path: "/go/pkg/mod", id: "slipway-go-mod", sharing: "shared" },
      { do: "cache", path: "/root/.cache/go-build", id: "slipway-go-build", sharing: "shared" },
      { do: "workdir", path: posix.join("/src", service.folder) },
      { do: "copy", files: modules, to: "/src" },
      ...(isVendored ? [] : [download]),
      ...envSteps(service.environments[environment].args),
      { do: "copy", files: "all", to: "/src" },
      { do: "run", name: "go build", command: buildCommand(request) },
    ],
  }
}

/** No paths, times or build ids in the binary; symbols only where somebody debugs. */
function buildCommand({ service, environment }: RecipeRequest): readonly string[] {
  const linkerFlags = environment === "development" ? "-buildid=" : "-s -w -buildid="
  const output = `/out/app/${service.name}`
  const main = service.entrypoint === "." ? "." : `./${service.entrypoint}`
  return ["go", "build", "-trimpath", "-buildvcs=false", `-ldflags=${linkerFlags}`, "-o", output, main]
}
