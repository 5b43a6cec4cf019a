import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fleetFile, mistakenNames } from "../ci/core/manifest/parse.js"

/** The nearest folder with a slipway.yaml from a folder upwards, else the nearest repository of git; undefined without. */
export function rootAbove(folder: string): string | undefined {
  return fleetAbove(folder) ?? above(folder, (each) => existsSync(join(each, ".git")))
}

/** The nearest folder with a slipway.yaml from a folder upwards. */
export function fleetAbove(folder: string): string | undefined {
  return above(folder, hasFleet)
}

/** Whether a folder has a slipway.yaml, or a file that was meant to be one. */
export function hasFleet(folder: string): boolean {
  return [fleetFile, ...mistakenNames(fleetFile)].some((name) => existsSync(join(folder, name)))
}

function above(folder: string, isIt: (folder: string) => boolean): string | undefined {
  if (isIt(folder)) return folder
  return dirname(folder) === folder ? undefined : above(dirname(folder), isIt)
}
