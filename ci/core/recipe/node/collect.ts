import type { EnvironmentName } from "../../ids.js"
import { script, shellWord, type Step } from "../steps.js"

/** Files of installed packages that no run reads. */
const idleInPackages = ["*.d.ts", "*.d.mts", "*.d.cts", "*.map", "*.md", "*.markdown", ".package-lock.json"]

/** Files of a built service that no run reads. */
const idleInService = [
  "package-lock.json",
  ".npmrc",
  "tsconfig*.json",
  "*.tsbuildinfo",
  "*.test.js",
  "*.spec.js",
]

/** TypeScript, of which a build made something else. */
const typeScript = ["*.ts", "*.mts", "*.cts", "*.tsx", "*.map"]

/** Puts the installed packages of a source tree into /out/app; development keeps all of their files. */
export function collectPackages(from: string, environment: EnvironmentName): Step {
  return script(
    "collect packages",
    "mkdir -p /out/app",
    `cd ${shellWord(from)}`,
    "find . -name node_modules -prune -exec cp -R --parents {} /out/app ';'",
    "find /out/app -name .bin -path '*/node_modules/.bin' -prune -exec rm -rf {} +",
    ...(environment === "development" ? [] : [deleteFiles(idleInPackages)]),
  )
}

/** Puts a built source tree without its packages into /out/app; development keeps sources and source maps. */
export function collectService(from: string, environment: EnvironmentName, isBuilt: boolean): Step {
  const idle = [...idleInService, ...(isBuilt ? typeScript : [])]
  return script(
    "collect service",
    "mkdir -p /out/app",
    `cp -R ${shellWord(from)}/. /out/app`,
    "find /out/app -name node_modules -prune -exec rm -rf {} +",
    ...(environment === "development" ? [] : [deleteFiles(idle)]),
    "find /out/app -type d -empty -delete",
  )
}

function deleteFiles(names: readonly string[]): string {
  const tests = names.map((name) => `-name '${name}'`).join(" -o ")
  return `find /out/app -type f '(' ${tests} ')' -delete`
}
