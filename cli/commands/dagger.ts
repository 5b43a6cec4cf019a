import { execa } from "execa"
import type { CommandRun } from "../commands.js"
import { reachEngine } from "../engine-access.js"
import { letFinish } from "../interruption.js"
import { terminalOf } from "../terminal-of.js"

/** `slipway dagger …`: the dagger CLI with the engine's variables, its output and its exit code. */
export async function dagger({ project, words, signal }: CommandRun): Promise<number> {
  const { cli, variables } = await reachEngine(project, terminalOf({}))
  const options = { env: variables, stdio: "inherit", reject: false, cancelSignal: signal } as const
  const { exitCode } = await letFinish(execa(cli, [...words], options))
  signal.throwIfAborted()
  return exitCode ?? 1
}
