import { posix } from "node:path"
import type { Lock } from "../../lock/lock.js"
import { pickVersion } from "../../lock/pick-version.js"
import type { Result } from "../../result.js"
import { workshop } from "../../lock/closures.js"
import { failure, problemsOf, success } from "../../result.js"
import { closureStage } from "../closure-stage.js"
import { fetchedGo, goAlone, goToolchain, standardLibrary } from "../go/toolchain.js"
import type { RecipeRequest } from "../language.js"
import { notLocked } from "../not-locked.js"
import { script, type Stage } from "../steps.js"
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
  const base = closureStage("go toolchain", workshop, request)
  if (sum === undefined || !base.ok) {
    const missing = sum === undefined ? [notLocked(service, `go ${version}`, platform)] : []
    return failure(...missing, ...problemsOf(base))
  }
  const [os = "", architecture = ""] = platform.split("/")
  const variables = { CGO_ENABLED: "0", GOOS: os, GOARCH: architecture }
  return success([
    fetchedGo(version, platform, sum),
    goAlone,
    goToolchain(base.value),
    standardLibrary("go toolchain", variables),
    server(),
  ])
}

function goVersion(lock: Lock): string {
  return pickVersion(Object.keys(lock.go), serverGo) ?? serverGo
}

function server(): Stage {
  const build = "go build -mod=readonly -trimpath -buildvcs=false -ldflags='-s -w -buildid='"
  return {
    name: "server",
    steps: [
      { do: "fromStage", stage: "standard library" },
      { do: "workdir", path: "/server" },
      ...Object.entries(serverSources).map(
        ([path, text]) => ({ do: "write", path: posix.join("/server", path), text }) as const,
      ),
      script("compile server", `${build} -o /out${serverProgram} ./serve`, `${build} -o /pack/pack ./pack`),
    ],
  }
}
