import { execa } from "execa"
import { join } from "node:path"
import { cached, hashOf, isCached } from "./cached.js"
import { EngineError } from "./failure.js"
import type { Home } from "./home.js"
import { goVersion } from "./prerequisites.js"
import type { Progress } from "./progress.js"
import type { Sources } from "./sources.js"
import { daggerVersion } from "./version.js"

/** Folder with `engine`, `dagger`, `init`, `dnsname`, `codegen` and `registry`, compiled once for these sources. */
export async function ensureBinaries(home: Home, sources: Sources, progress: Progress): Promise<string> {
  const present = await compiledBinaries(home, sources)
  if (present) return present
  const hash = await sourceHash(sources)
  return progress.step(`Dagger engine ${daggerVersion}: compiled once, kept in ${home.root}`, (detail) =>
    cached(home, "bin", hash, async (folder) => {
      const go = new GoBuild(home, folder)
      detail("1 of 2: engine, CLI and code generator (about 4 minutes on 2 cores)")
      const commands = ["engine", "dagger", "init", "dnsname", "codegen"].map(
        (c) => `github.com/dagger/dagger/cmd/${c}`,
      )
      const version = "github.com/dagger/dagger/engine"
      await go.build(
        sources.dagger,
        commands,
        `-X ${version}.Version=v${daggerVersion} -X ${version}.Tag=v${daggerVersion}`,
      )
      detail("2 of 2: registry")
      await go.build(sources.registry, ["."])
      await go.forget()
    }),
  )
}

/** The same folder when it was compiled before; undefined otherwise. */
export async function compiledBinaries(home: Home, sources: Sources): Promise<string | undefined> {
  const hash = await sourceHash(sources)
  return isCached(home, "bin", hash) ? cached(home, "bin", hash, async () => {}) : undefined
}

async function sourceHash(sources: Sources): Promise<string> {
  return hashOf(
    { file: join(sources.dagger, "go.mod") },
    { file: join(sources.dagger, "go.sum") },
    { folder: join(sources.dagger, "distconsts") },
    { folder: sources.registry },
    { text: (await goVersion()) ?? "" },
  )
}

/** Compiles into `out` with caches of its own below the home, which are removed once the binaries exist. */
class GoBuild {
  readonly #env: Record<string, string>
  constructor(
    home: Home,
    readonly out: string,
  ) {
    this.#env = {
      CGO_ENABLED: "0",
      GOFLAGS: "-trimpath -buildvcs=false -modcacherw",
      GOMODCACHE: join(home.cache, "go", "mod"),
      GOCACHE: join(home.cache, "go", "build"),
      GOWORK: "off",
    }
  }

  async build(module: string, packages: readonly string[], linkerFlags = ""): Promise<void> {
    const args = ["build", "-o", `${this.out}/`, "-ldflags", `-s -w ${linkerFlags}`, ...packages]
    const done = await execa("go", args, { cwd: module, env: this.#env, reject: false, all: true })
    if (done.failed) {
      throw new EngineError(
        `go build in ${module} failed:\n${done.all.trimEnd().split("\n").slice(-12).join("\n")}`,
      )
    }
  }

  async forget(): Promise<void> {
    await execa("rm", ["-rf", this.#env["GOMODCACHE"] ?? "", this.#env["GOCACHE"] ?? ""])
  }
}
