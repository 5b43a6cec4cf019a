import { execa } from "execa"
import type { CommandRun } from "../commands.js"
import { reachEngine } from "../engine-access.js"
import { terminalOf } from "../terminal-of.js"

/** `slipway dagger …`: the dagger CLI with the engine's variables, its output and its exit code. */
export async function dagger({ project, words }: CommandRun): Promise<number> {
  const { cli, variables } = await reachEngine(project, terminalOf({}))
  const { exitCode } = await execa(cli, [...words], { env: variables, stdio: "inherit", reject: false })
  return exitCode ?? 1
}
