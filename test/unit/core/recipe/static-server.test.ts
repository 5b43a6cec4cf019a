import { readFileSync } from "node:fs"
import { join } from "node:path"
import { globSync } from "tinyglobby"
import { expect, test } from "vitest"
import { serverGo } from "../../../../ci/core/recipe/static/server-stages.js"

const folder = join(import.meta.dirname, "../../../../ci/core/recipe/static")
const server = join(folder, "server")

test("the recipe has the server's sources as they are; vitest -u writes them anew", async () => {
  const files = globSync(["**/*"], { cwd: server, ignore: ["**/*_test.go"] }).sort()
  const sources = Object.fromEntries(files.map((file) => [file, readFileSync(join(server, file), "utf8")]))
  const text = `${JSON.stringify(sources, undefined, 2)}\n`
  await expect(text).toMatchFileSnapshot(join(folder, "server-sources.json"))
})

test("the server is compiled with the Go that its go.mod names", () => {
  expect(readFileSync(join(server, "go.mod"), "utf8")).toContain(`\ngo ${serverGo}\n`)
})
