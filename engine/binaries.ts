import { execa } from "execa"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { cached, hashOf, isCached } from "./cached.js"
import { EngineError } from "./failure.js"
import { goEnvironment } from "./go-environment.js"
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
      detail("1 of 2: engine, CLI and code generator (about 4 minutes on 2 cores)")
      const commands = ["engine", "dagger", "init", "dnsname", "codegen"].map(
        (c) => `github.com/dagger/dagger/cmd/${c}`,
      )
      const version = "github.com/dagger/dagger/engine"
      const flags = `-X ${version}.Version=v${daggerVersion} -X ${version}.Tag=v${daggerVersion}`
      await compile(home, folder, sources.dagger, commands, flags)
      detail("2 of 2: registry")
      await compile(home, folder, sources.registry, ["."])
      rmSync(join(home.cache, "go"), { recursive: true, force: true }) // gigabytes that nobody needs again
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

/** Compiles Go packages into a folder. */
async function compile(
  home: Home,
  out: string,
  module: string,
  packages: readonly string[],
  linkerFlags = "",
): Promise<void> {
  const args = ["build", "-o", `${out}/`, "-ldflags", `-s -w ${linkerFlags}`, ...packages]
  const done = await execa("go", args, { cwd: module, env: goEnvironment(home), reject: false, all: true })
  if (!done.failed) return
  throw new EngineError(
    `go build in ${module} failed:\n${done.all.trimEnd().split("\n").slice(-12).join("\n")}`,
  )
}
