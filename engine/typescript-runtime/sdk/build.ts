/**
 * Runs inside the module's container, once for each edit:
 *
 *     node build.mjs MODULE_NAME   scans and bundles the module in the working directory
 *     node build.mjs --prime       fills the compile cache beside this file
 */
import { spawn, type SpawnOptions } from "node:child_process"
import * as fs from "node:fs"
import { once } from "node:events"
import * as path from "node:path"

import { bundleModule } from "./bundle-module.js"

const outDir = ".slipway"
const scanProgram = path.join(__dirname, "scan.mjs")

async function build(moduleName: string): Promise<number> {
  const files = listSources("src").map((file) => path.resolve(file))
  if (files.length === 0) throw new Error("the module has no TypeScript file in src/")
  fs.rmSync(outDir, { recursive: true, force: true })
  fs.mkdirSync(outDir)
  const [exitCode] = await Promise.all([
    runNode(
      [scanProgram, moduleName, path.join(outDir, "types.json"), path.resolve("sdk/client.gen.ts"), ...files],
      {
        stdio: "inherit",
      },
    ),
    bundleModule(process.cwd(), outDir, files).then(prime),
  ])
  return exitCode
}

/** Loads the module once, without a call, for node's compile cache. One that cannot be loaded says so at its first call. */
async function prime(): Promise<void> {
  await runNode([path.join(outDir, "main.mjs")], { stdio: "ignore", timeout: 30_000 })
}

async function runNode(args: string[], options: SpawnOptions): Promise<number> {
  const [exitCode] = (await once(spawn(process.execPath, args, options), "close")) as [number | null]
  return exitCode ?? 1
}

/** The module's TypeScript under `directory`, sorted: the order of import must not depend on the file system. */
function listSources(directory: string): string[] {
  const entries = fs.existsSync(directory)
    ? fs.readdirSync(directory, { withFileTypes: true, recursive: true })
    : []
  return entries
    .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.split(path.sep).includes("node_modules"))
    .sort()
}

async function main(argument: string | undefined): Promise<number> {
  if (argument === undefined) throw new Error("usage: build.mjs MODULE_NAME")
  if (argument === "--prime") return runNode([scanProgram, "--prime"], { stdio: "inherit" })
  return build(argument)
}

main(process.argv[2]).then(
  (exitCode) => {
    process.exitCode = exitCode
  },
  (error: unknown) => {
    // esbuild's message names file and line; a stack of this program would hide it.
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  },
)
