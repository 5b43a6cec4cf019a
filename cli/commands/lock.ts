import type { CommandRun } from "../commands.js"

/** `slipway lock`. */
export async function lock(_: CommandRun): Promise<number> {
  throw new Error("not yet")
}
