import { execa } from "execa"
import { cpSync, mkdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { checkout } from "./slipway.js"

/** The example of a repository elsewhere, made one: a copy of it under git, with a link to this Slipway in it. */
export async function makeElsewhere(root: string): Promise<void> {
  cpSync(join(checkout, "examples/blueprint"), root, {
    recursive: true,
    filter: (path) => !/\/(\.slipway|tools)$/.test(path),
  })
  mkdirSync(join(root, "tools"))
  symlinkSync(checkout, join(root, "tools", "slipway"))
  await execa("git", ["init", "--quiet"], { cwd: root })
}
