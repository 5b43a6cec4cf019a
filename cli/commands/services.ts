import { existingServices } from "../../ci/io/existing-services.js"
import { sayAll } from "../adopt/report.js"
import { unlisted, unlistedLine } from "../adopt/unlisted.js"
import type { CommandRun } from "../commands.js"
import { brokenServices, openFleet, pickServices } from "../fleet.js"
import { columns } from "../output/format.js"
import { hasFleet } from "../root-above.js"
import { exitCodes } from "../user-error.js"

/** `slipway services`: name, language, version and folder of each; those that are broken are told after them. */
export async function services({ options }: CommandRun): Promise<number> {
  const fleet = await openFleet(options, "nothing is listed")
  const { services: all } = fleet
  if (all.length === 0) pickServices(fleet, [])
  const rows = all.map(({ name, language, version, folder }) => [name, language, version, folder])
  const text =
    options.json === true
      ? JSON.stringify(all, undefined, 2)
      : columns([["service", "language", "version", "folder"], ...rows]).join("\n")
  process.stdout.write(`${text}\n`)
  const elsewhere = unlisted(await existingServices(fleet.repository), fleet.fleet.services)
  sayAll(options, unlistedLine(elsewhere, hasFleet(fleet.root)))
  const broken = brokenServices(fleet, "their services are not listed")
  if (broken !== undefined) throw broken
  return exitCodes.done
}
