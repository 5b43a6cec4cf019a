import { execa } from "execa"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"

/** Slipway's own checkout. */
export const checkout = join(import.meta.dirname, "../../..")
/** The CLI as a program. */
export const launcher = join(checkout, "slipway")

/** How a command ended. */
export interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** From start to end. */
  readonly seconds: number
}

/** Where and with which environment a command runs. */
interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

const home = mkdtempSync(join(tmpdir(), "sw-"))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Compiles the CLI before the first run: files of tests start at the same time. */
const compiled = execa("flock", [join(tmpdir(), "slipway-cli-tests.lock"), launcher, "version"])

/** Runs the real CLI to its end, from the PATH, on a home of its own and an environment that knows nothing of the caller's. */
export async function slipway(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  await compiled
  return command(launcher, args, options)
}

/** Runs any command in the environment of {@link slipway}. */
export async function command(
  file: string,
  args: readonly string[],
  { cwd = checkout, env = {} }: RunOptions = {},
): Promise<Ended> {
  const begin = performance.now()
  const {
    exitCode = -1,
    stdout,
    stderr,
  } = await execa(file, [...args], {
    cwd,
    env: { PATH: `${checkout}:${process.env["PATH"]}`, HOME: home, SLIPWAY_HOME: join(home, "h"), ...env },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
  })
  return { exitCode, stdout, stderr, seconds: (performance.now() - begin) / 1000 }
}
