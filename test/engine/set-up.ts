import { homedir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { makeSecondHome, removeHome } from "../helpers/homes.js"
import { succeed } from "../helpers/slipway.js"

declare module "vitest" {
  export interface ProvidedContext {
    /** The caller's home, with everything compiled and its engine up. Tests leave it running. */
    firstHome: string
    /** A home of this run alone: another seed, nothing built, nothing published. Tests may do anything to it. */
    secondHome: string
  }
}

/** Brings up the caller's engine and makes a second home beside it, which is gone at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const firstHome = process.env["SLIPWAY_HOME"] || join(homedir(), ".slipway")
  await succeed(["engine", "start"], { home: firstHome })
  const secondHome = await makeSecondHome(firstHome)
  project.provide("firstHome", firstHome)
  project.provide("secondHome", secondHome)
  return () => removeHome(secondHome)
}
