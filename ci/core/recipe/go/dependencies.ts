import { script, shellWord, type Stage, type Step } from "../steps.js"

/** What the packages from outside are fetched and compiled by. */
export interface GoDependencies {
  /** The service's folder. */
  readonly folder: string
  /** The files that say which modules there are. */
  readonly files: readonly string[]
  /** Import paths of packages that no module of the repository holds. */
  readonly imports: readonly string[]
}

/** Modules as downloaded, for all services of an engine. */
const downloads: Step = { do: "cache", path: "/var/cache/go", id: "slipway-go-mod", sharing: "shared" }

/**
 * The stage with a service's modules and the packages that it imports of them compiled, without any of its sources.
 * The modules come by way of a cache, from which Go takes what this service needs as from any proxy.
 */
export function dependencies({ folder, files, imports }: GoDependencies): Stage {
  const fromCache = `GOPROXY=file:///var/cache/go/cache/download GOPRIVATE= GONOPROXY=none GOSUMDB=off`
  return {
    name: "dependencies",
    steps: [
      { do: "fromStage", stage: "standard library" },
      downloads,
      { do: "workdir", path: folder },
      { do: "copy", files, to: "/src" },
      script(
        "go mod download",
        "GOMODCACHE=/var/cache/go go mod download",
        `${fromCache} go mod download`,
        // What Go has unpacked it does not unpack again.
        "[ ! -d /go/pkg/mod/cache ] || find /go/pkg/mod/cache -name '*.zip' -delete",
      ),
      ...(imports.length === 0 ? [] : [compile(imports)]),
    ],
  }
}

/** Compiles as far as it can: an import that is not for this platform, or wrong, is the build's to judge. */
function compile(imports: readonly string[]): Step {
  return script(
    "go build of dependencies",
    `go list -e -export -trimpath ${imports.map(shellWord).join(" ")} > /dev/null`,
  )
}
