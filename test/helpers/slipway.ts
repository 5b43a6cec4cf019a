import { execa } from "execa"
import { join } from "node:path"
import type { BuildReport, TargetReport } from "../../cli/build/report.js"

/** Slipway's own checkout. */
export const checkout = join(import.meta.dirname, "../..")

/** How the CLI is run. */
export interface RunOptions {
  /** The `SLIPWAY_HOME`. */
  readonly home: string
  readonly cwd?: string
  /** Checkout whose CLI runs; this one by default. */
  readonly slipway?: string
  /** File mode mask of the process, as in `077`. */
  readonly umask?: string
  /** Standard input; none by default. */
  readonly input?: string
}

/** How a command ended. */
export interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Starts the real CLI; it is the caller's to await. */
export function start(
  args: readonly string[],
  { home, cwd = checkout, slipway: from = checkout, umask = "022", input = "" }: RunOptions,
) {
  const command = [process.execPath, join(from, "slipway"), ...args]
  const options = { cwd, env: environment(home), extendEnv: false, input, reject: false } as const
  return execa("sh", ["-c", `umask ${umask}; exec "$0" "$@"`, ...command], options)
}

/** Runs the real CLI to its end, however that is. */
export async function slipway(args: readonly string[], options: RunOptions): Promise<Ended> {
  const { exitCode = -1, stdout, stderr } = await start(args, options)
  return { exitCode, stdout, stderr }
}

/** Runs a command that must succeed, and returns its standard output. */
export async function succeed(args: readonly string[], options: RunOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await slipway(args, options)
  if (exitCode === 0) return stdout
  throw new Error(`slipway ${args.join(" ")} ended with ${exitCode}:\n${stderr}\n${stdout}`)
}

/** What `slipway build --json` said, its targets by service. */
export interface Built extends Ended {
  readonly targets: Readonly<Record<string, TargetReport>>
}

/** Runs `slipway build --json`. */
export async function build(args: readonly string[], options: RunOptions): Promise<Built> {
  const ended = await slipway(["build", "--json", ...args], options)
  const report = ended.stdout === "" ? { targets: [] } : (JSON.parse(ended.stdout) as BuildReport)
  return { ...ended, targets: Object.fromEntries(report.targets.map((target) => [target.service, target])) }
}

/** Runs `dagger call`, which must succeed, and returns what it printed. */
export function call(args: readonly string[], options: RunOptions): Promise<string> {
  return succeed(["dagger", "call", ...args], options)
}

/** State of a home's engine and registry. */
export interface Status {
  readonly engine: { readonly running: boolean; readonly pid?: number; readonly host: string }
  readonly registry: { readonly running: boolean; readonly pid?: number; readonly address?: string }
}

/** Runs `slipway engine status --json`. */
export async function status(home: string): Promise<Status> {
  return JSON.parse(await succeed(["engine", "status", "--json"], { home })) as Status
}

/** The caller's environment without what would lead to another engine or change how the output looks. */
function environment(home: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(_EXPERIMENTAL_DAGGER_|DAGGER_|SLIPWAY_|VITEST|NODE_ENV$|FORCE_COLOR$)/.test(name),
  )
  return { ...Object.fromEntries(kept), SLIPWAY_HOME: home, NO_COLOR: "1" }
}
