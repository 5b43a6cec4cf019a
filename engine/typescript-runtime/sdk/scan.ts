/**
 * Runs inside the module's container:
 *
 *     node scan.mjs MODULE_NAME OUT_FILE FILE...   writes the types that the module's files expose
 *     node scan.mjs --prime                        scans a sample, so that the compile cache beside this file is filled
 */
import * as fs from "node:fs"
import * as os from "node:os"
import * as path from "node:path"

import { scanModule } from "./scan-module.js"

const sample = `import { object, func } from "@dagger.io/dagger"
export type Part = { size: number }
export enum Color { Red = "red" }
/** Described. */
@object() export class Sample {
  constructor(readonly name = "x") {}
  @func() async parts(all?: boolean, color: Color = Color.Red): Promise<Part[]> { return [] }
}`

function scanSample(): void {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "sample-"))
  const file = path.join(directory, "index.ts")
  fs.writeFileSync(file, sample)
  scanModule("sample", [file])
  fs.rmSync(directory, { recursive: true })
}

const [moduleName, outFile, ...files] = process.argv.slice(2)
try {
  if (moduleName === "--prime") scanSample()
  else if (!moduleName || !outFile) throw new Error("usage: scan.mjs MODULE_NAME OUT_FILE FILE...")
  else fs.writeFileSync(outFile, JSON.stringify(scanModule(moduleName, files)))
} catch (error) {
  // The message names file and line; a stack of this program would hide it.
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
