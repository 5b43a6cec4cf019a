import { posix } from "node:path"
import { CacheSharingMode, dag, ReturnType } from "@dagger.io/dagger"
import type { Target } from "../../ci/io/load-target.js"
import { describeStages } from "../../ci/src/images/interpret.js"

/** A script that runs with the compilers and tools that a target is built with, on files as they are on this machine. */
export interface ToolchainRun {
  readonly target: Target
  /** What lies at /src, and which parts of it. */
  readonly root: string
  readonly parts: readonly string[]
  /** Where the script runs, from the root. */
  readonly folder: string
  /** Its lines; the first one that fails ends it. */
  readonly script: readonly string[]
  /** Folders that stay from run to run, beside those of the target's own build. */
  readonly caches?: readonly string[]
}

/** How a script ended, and all that it printed. */
export interface ToolchainResult {
  readonly exitCode: number
  readonly output: string
}

/** What builds leave beside sources. */
const leftBehind = ["**/node_modules", "**/target", "**/.venv", "**/__pycache__", "**/.slipway", "**/dist"]

/** Runs a script in a target's stage `toolchain`, each time anew. Needs a session with an engine. */
export async function runInToolchain(run: ToolchainRun): Promise<ToolchainResult> {
  const { target, root, parts, folder, script, caches = [] } = run
  const toolchain = describeStages(target.recipe, dag.directory()).get("toolchain")
  if (!toolchain) throw new Error(`${target.service} is built without a toolchain`)
  const own = target.recipe.stages.flatMap(({ steps }) => steps.filter((step) => step.do === "cache"))
  const kept = [...own, ...caches.map((path) => ({ path, id: `slipway-test-${target.resolved.language}` }))]
  const cached = kept.reduce(
    (container, { path, id }) =>
      container.withMountedCache(path, dag.cacheVolume(id), { sharing: CacheSharingMode.Locked }),
    toolchain,
  )
  const files = dag.host().directory(root, { include: [...parts], exclude: leftBehind })
  const ended = cached
    .withMountedDirectory("/src", files)
    .withWorkdir(posix.join("/src", folder))
    .withEnvVariable("SLIPWAY_RUN", `${Date.now()} ${process.pid}`) // the engine remembers no run of another moment
    .withExec(["sh", "-euc", script.join("\n")], { expect: ReturnType.Any })
  return { exitCode: await ended.exitCode(), output: await ended.combinedOutput() }
}
