import { posix } from "node:path"
import type { Lock } from "../../lock/lock.js"
import { pickVersion } from "../../lock/pick-version.js"
import type { Result } from "../../result.js"
import { failure, success } from "../../result.js"
import { goToolchain } from "../go/toolchain.js"
import type { RecipeRequest } from "../language.js"
import { notLocked } from "../not-locked.js"
import { envSteps, script, type Stage } from "../steps.js"
import { serverSources } from "./server-sources.js"

/** The Go that the server is compiled with: the go line of its go.mod. */
export const serverGo = "1.26.8"

/** Where the server is in an image. */
export const serverProgram = "/usr/local/bin/static-server"

/** The stages that compile the server, below /out of `server`, and /pack, which makes a folder what it serves. */
export function serverStages(request: RecipeRequest): Result<readonly Stage[]> {
  const { service, platform, lock } = request
  const version = goVersion(lock)
  const sum = lock.go[version]?.[platform]
  if (sum === undefined) return failure(notLocked(service, `go ${version}`, platform))
  return success([{ ...goToolchain(version, platform, sum), name: "go-toolchain" }, server(request)])
}

function goVersion(lock: Lock): string {
  return pickVersion(Object.keys(lock.go), serverGo) ?? serverGo
}

function server({ platform }: RecipeRequest): Stage {
  const [os = "", architecture = ""] = platform.split("/")
  const build = "go build -trimpath -buildvcs=false -ldflags='-s -w -buildid='"
  return {
    name: "server",
    steps: [
      { do: "fromStage", stage: "go-toolchain" },
      ...envSteps({ CGO_ENABLED: "0", GOOS: os, GOARCH: architecture, GOFLAGS: "-mod=readonly" }),
      ...envSteps({ GOCACHE: "/root/.cache/go-build", GOMODCACHE: "/go/pkg/mod" }),
      { do: "cache", path: "/go/pkg/mod", id: "slipway-go-mod", sharing: "shared" },
      { do: "cache", path: "/root/.cache/go-build", id: "slipway-go-build", sharing: "shared" },
      { do: "workdir", path: "/server" },
      ...Object.entries(serverSources).map(
        ([path, text]) => ({ do: "write", path: posix.join("/server", path), text }) as const,
      ),
      script("compile server", `${build} -o /out${serverProgram} ./serve`, `${build} -o /pack/pack ./pack`),
    ],
  }
}
