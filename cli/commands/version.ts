import { readFileSync } from "node:fs"
import { join } from "node:path"
import { daggerVersion } from "../../engine/version.js"
import type { CommandRun } from "../commands.js"
import { exitCodes } from "../user-error.js"

/** `slipway version`. */
export async function version({ project }: CommandRun): Promise<number> {
  process.stdout.write(
    `Slipway ${slipwayVersion(project)} · Dagger ${daggerVersion} · Node ${process.versions.node}\n`,
  )
  return exitCodes.done
}

/** Slipway's version, as its package.json says. */
export function slipwayVersion(project: string): string {
  return (JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { version: string }).version
}
