import { compareWithTool } from "./compare.js"
import { askInToolchain } from "./toolchain.js"

/** What is built, on whatever system; not what only tests need. */
const edges = "--edges normal,build --target all --prefix none"

compareWithTool("cargo", async ({ root, service }) => {
  const output = await askInToolchain({ root, service }, `cargo tree --locked --package ${service} ${edges}`)
  return [...output.matchAll(/^([\w-]+) v(\d\S*)/gm)].map(([, name, version]) => `${name}@${version}`)
})
