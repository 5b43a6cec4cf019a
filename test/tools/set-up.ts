import { execa } from "execa"
import { createHash } from "node:crypto"
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { reachEngine } from "../../cli/engine-access.js"
import { openHome } from "../../engine/home.js"
import { checkout } from "../helpers/slipway.js"

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder whose node_modules holds the package managers. */
    packageManagers: string
  }
}

/** Starts the engine, and fetches the package managers that package-lock.json pins into the home, once; nothing else of the machine changes. */
export async function setup(project: TestProject): Promise<void> {
  const { cache } = openHome(process.env)
  const lock = readFileSync(join(import.meta.dirname, "package-lock.json"))
  const folder = join(cache, `test-tools-${createHash("sha256").update(lock).digest("hex").slice(0, 16)}`)
  if (!existsSync(folder)) await fetchInto(folder, join(cache, "npm"))
  project.provide("packageManagers", folder)
  const terminal = { live: false, quiet: false, verbose: false }
  Object.assign(process.env, (await reachEngine(checkout, terminal)).variables) // for the workers, which come after
}

async function fetchInto(folder: string, cache: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(join(import.meta.dirname, name), join(unfinished, name))
  try {
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    await execa("npm", args, { cwd: unfinished, env: { npm_config_cache: cache } })
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}
