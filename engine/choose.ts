import { execa } from "execa"
import { EngineError } from "./failure.js"
import { findOnPath } from "./prerequisites.js"
import { daggerVersion } from "./version.js"

/** Which engine a run uses; see "Engine choice" in docs/architecture.md. */
export type EngineChoice =
  /** The one that `_EXPERIMENTAL_DAGGER_RUNNER_HOST` names. */
  | { readonly kind: "named"; readonly host: string; readonly cli: string }
  /** The stock engine, which the stock CLI starts in a container runtime. */
  | { readonly kind: "stock"; readonly runtime: string; readonly cli: string }
  /** Ours. `because` says in a few words why no other was taken. */
  | { readonly kind: "embedded"; readonly because: string }

/** Looks at environment and machine; starts nothing. */
export async function chooseEngine(env: NodeJS.ProcessEnv): Promise<EngineChoice> {
  const cli = env["_EXPERIMENTAL_DAGGER_CLI_BIN"] ?? findOnPath("dagger")
  const host = env["_EXPERIMENTAL_DAGGER_RUNNER_HOST"]
  if (host) {
    if (!cli) {
      throw new EngineError(
        `_EXPERIMENTAL_DAGGER_RUNNER_HOST names an engine, but there is no dagger CLI ${daggerVersion} on PATH. Install it, or unset the variable to use the embedded engine.`,
      )
    }
    return { kind: "named", host, cli }
  }
  const runtime = await answeringRuntime()
  if (!runtime) return { kind: "embedded", because: "no Docker or Podman answers" }
  if (!cli || (await versionOf(cli)) !== daggerVersion) {
    return { kind: "embedded", because: `${runtime} answers, but there is no dagger CLI ${daggerVersion}` }
  }
  return { kind: "stock", runtime, cli }
}

/** A client on PATH is not enough: the daemon behind it must answer. */
async function answeringRuntime(): Promise<string | undefined> {
  for (const runtime of ["docker", "podman"]) {
    if (!findOnPath(runtime)) continue
    const { failed } = await execa(runtime, ["info"], { reject: false, timeout: 5_000, stdio: "ignore" })
    if (!failed) return runtime
  }
  return undefined
}

async function versionOf(cli: string): Promise<string | undefined> {
  const { stdout } = await execa(cli, ["version"], { reject: false, timeout: 5_000 })
  return /v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1]
}
