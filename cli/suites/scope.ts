import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { Home } from "../../engine/home.js"

/** Where suites run. */
export interface SuiteScope {
  /** Slipway's own checkout. */
  readonly project: string
  readonly home: Home
}

/** Options of a command that prints to this terminal. */
export function inherit(cwd: string) {
  return { cwd, stdio: ["ignore", "inherit", "inherit"], reject: false } as const
}

/** The folder for reports of test runs, made if absent. */
export function reportFolder(project: string): string {
  const folder = join(project, ".slipway", "test")
  mkdirSync(folder, { recursive: true })
  return folder
}
