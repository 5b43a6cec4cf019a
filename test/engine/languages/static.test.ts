import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, inject, test } from "vitest"
import { folderOfFile } from "../../helpers/folders.js"
import { pullImage } from "../../helpers/images.js"
import { build, checkout } from "../../helpers/slipway.js"

const home = inject("firstHome")
const root = join(folderOfFile(), "static")
cpSync(join(checkout, "test/fixtures/static"), root, { recursive: true })

test("a page as it is and a page that Node builds answer, and their images hold server and page", async () => {
  const { targets, stderr } = await build(["-C", root], { home })
  for (const service of ["plain", "spa"]) {
    expect(targets[service]?.image, stderr).toBeDefined()
    const image = await pullImage(targets[service]?.image ?? "")
    const files = image.entries.map(({ path }) => path)
    expect(files).toEqual(
      expect.arrayContaining([
        "/usr/local/bin/static-server",
        "/app/site/index.json",
        "/app/site/files/index.html",
      ]),
    )
    expect(files.filter((path) => /node|\/go\/|package\.json|\/sh$/.test(path))).toEqual([])
    expect(image.bytes / 1e6).toBeLessThanOrEqual(12)
  }

  const page = join(root, "services/plain/index.html")
  writeFileSync(page, `${readFileSync(page, "utf8")}<!-- ${Date.now()} -->\n`)
  const other = await build(["-C", root, "plain"], { home })
  expect(other.targets["plain"]?.digest).not.toBe(targets["plain"]?.digest)
})
