import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, inject, test } from "vitest"
import { folderOfFile } from "../../helpers/folders.js"
import { pullImage } from "../../helpers/images.js"
import { build, checkout } from "../../helpers/slipway.js"

const home = inject("firstHome")
const folder = folderOfFile()
const fixtures = join(checkout, "test/fixtures")

/** A copy of a fixture with a source that was never built before, so that what it is built from is looked at. */
function copyOf(fixture: string, source: string): string {
  const root = join(folder, source.replaceAll("/", "-"))
  cpSync(join(fixtures, fixture), root, { recursive: true })
  const file = join(root, source)
  writeFileSync(file, `${readFileSync(file, "utf8")}// ${Date.now()}\n`)
  return root
}

const compilers = /\/(javac|jlink|keytool|mvn|sh|bash)$/

test.each([
  ["Spring Boot", "java", "web", "src/main/java/com/acme/WebApplication.java", 95],
  [
    "gRPC in two modules with generated code",
    "java",
    "quotes",
    "app/src/main/java/com/acme/quotes/QuotesServer.java",
    80,
  ],
  [
    "a module with shared code",
    "workspaces/maven/repository",
    "billing",
    "src/main/java/com/acme/billing/Main.java",
    60,
  ],
])("%s starts, and its image holds it alone", async (_what, fixture, service, source, megabytes) => {
  const root = copyOf(fixture, `services/${service}/${source}`)
  const { targets, stderr } = await build(["-C", root, service], { home })
  const target = targets[service]
  expect(target?.image, stderr).toBeDefined()
  const image = await pullImage(target?.image ?? "")
  expect(image.bytes / 1e6).toBeLessThanOrEqual(megabytes)
  expect(image.entries.filter(({ path }) => compilers.test(path))).toEqual([])
  expect(image.entries.some(({ path }) => path.startsWith("/app/classes/"))).toBe(true)
})
