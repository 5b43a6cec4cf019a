import { dirname } from "node:path"
import type { CommandRun } from "../commands.js"
import { reachEngine } from "../engine-access.js"
import { terminalOf } from "../terminal-of.js"
import { exitCodes } from "../user-error.js"

/** `slipway env`: lines for `eval`, after which a plain `dagger call` reaches the engine. */
export async function env({ project, options }: CommandRun): Promise<number> {
  const { variables, cli } = await reachEngine(project, terminalOf(options))
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`)
  process.stdout.write([...lines, `export PATH=${quote(dirname(cli))}:"$PATH"`, ""].join("\n"))
  return exitCodes.done
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
