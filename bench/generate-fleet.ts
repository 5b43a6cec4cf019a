/**
 * Writes a repository of services that has nothing of the sample's names and layout, and is the same for the same
 * options:
 *
 *     npx esbuild bench/generate-fleet.ts --bundle --platform=node | node - FOLDER [COUNT [SEED [one|two]]]
 *     ./slipway -C FOLDER build
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fleetFiles } from "./fleet/fleet-files.js"

const [folder, count = "30", seed = "1", layout = "one"] = process.argv.slice(2)
if (
  folder === undefined ||
  !(Number(count) > 0) ||
  !Number.isInteger(Number(seed)) ||
  !/^(one|two)$/.test(layout)
) {
  process.stderr.write("usage: generate-fleet FOLDER [COUNT [SEED [one|two]]]\n")
  process.exit(2)
}
const files = fleetFiles({ count: Number(count), seed: Number(seed), layout: layout as "one" | "two" })
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
process.stdout.write(`${Object.keys(files).length} files of ${count} services in ${folder}\n`)
