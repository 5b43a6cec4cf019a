/**
 * Runs inside the module's container, once for each edit:
 *
 *     node build.mjs MODULE_NAME    scans and bundles the module in the working directory
 *     node build.mjs --prime        scans a sample, so that the compile cache beside this file is filled
 */
import { spawnSync } from "node:child_process"
import * as fs from "node:fs"
import * as os from "node:os"
import * as path from "node:path"

import { bundleModule } from "./bundle-module.js"
import { scanModule } from "./scan.js"

const outDir = ".slipway"

async function main(argument: string | undefined): Promise<void> {
  if (argument === undefined) throw new Error("usage: build.mjs MODULE_NAME")
  if (argument === "--prime") return scanSample()
  const files = listSources("src")
  if (files.length === 0) throw new Error("the module has no TypeScript file in src/")
  fs.rmSync(outDir, { recursive: true, force: true })
  fs.mkdirSync(outDir)
  // esbuild works in a process of its own, so it gets its share of the machine while the compiler scans.
  const bundled = bundleModule(process.cwd(), outDir, files)
  bundled.catch(() => undefined)
  const types = scanModule(argument, [
    path.resolve("sdk/client.gen.ts"),
    ...files.map((file) => path.resolve(file)),
  ])
  fs.writeFileSync(path.join(outDir, "types.json"), JSON.stringify(types))
  await bundled
  // A module that cannot be loaded without a call says so at its first call, where its message is seen.
  spawnSync(process.execPath, [path.join(outDir, "main.mjs")], {
    env: { ...process.env, SLIPWAY_PRIME: "1" },
    stdio: "ignore",
    timeout: 30_000,
  })
}

function scanSample(): void {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "sample-"))
  const file = path.join(directory, "index.ts")
  fs.writeFileSync(
    file,
    `import { object, func } from "@dagger.io/dagger"
    export type Part = { size: number }
    /** Described. */
    @object() export class Sample {
      constructor(readonly name = "x") {}
      @func() async parts(all?: boolean): Promise<Part[]> { return [] }
    }`,
  )
  scanModule("sample", [file])
  fs.rmSync(directory, { recursive: true })
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

main(process.argv[2]).catch((error: unknown) => {
  // Messages of the scan and of esbuild name file and line; a stack of this program would hide them.
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
