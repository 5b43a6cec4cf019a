import { readFileSync } from "node:fs"
import { join } from "node:path"
import { daggerVersion } from "../../engine/version.js"
import type { CommandRun } from "../commands.js"
import { exitCodes } from "../user-error.js"

/** `slipway version`. */
export async function version({ project, options }: CommandRun): Promise<number> {
  const versions = { slipway: slipwayVersion(project), dagger: daggerVersion, node: process.versions.node }
  const text =
    options.json === true
      ? JSON.stringify(versions)
      : `Slipway ${versions.slipway} · Dagger ${versions.dagger} · Node ${versions.node}`
  process.stdout.write(`${text}\n`)
  return exitCodes.done
}

/** Slipway's version, as its package.json says. */
export function slipwayVersion(project: string): string {
  return (JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { version: string }).version
}
