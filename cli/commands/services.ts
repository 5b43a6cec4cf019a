import type { CommandRun } from "../commands.js"
import { openFleet } from "../fleet.js"
import { columns } from "../output/format.js"
import { exitCodes } from "../user-error.js"

/** `slipway services`: name, language, version and folder of each. */
export async function services({ options }: CommandRun): Promise<number> {
  const { services: all } = await openFleet(options)
  const rows = all.map(({ name, language, version, folder }) => [name, language, version, folder])
  const text =
    options.json === true
      ? JSON.stringify(all, undefined, 2)
      : columns([["service", "language", "version", "folder"], ...rows]).join("\n")
  process.stdout.write(`${text}\n`)
  return exitCodes.done
}
