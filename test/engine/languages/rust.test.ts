import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, inject, test } from "vitest"
import { folderOfFile } from "../../helpers/folders.js"
import { pullImage } from "../../helpers/images.js"
import { build, checkout } from "../../helpers/slipway.js"

const home = inject("firstHome")
const root = join(folderOfFile(), "cargo")
cpSync(join(checkout, "test/fixtures/workspaces/cargo/repository"), root, { recursive: true })

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(join(root, file), change(readFileSync(join(root, file), "utf8")))
}

const built = async () => {
  const { targets, stderr } = await build(["-C", root, "b"], { home })
  expect(targets["b"]?.image, stderr).toBeDefined()
  return { digest: targets["b"]?.digest, image: targets["b"]?.image ?? "", key: targets["b"]?.key }
}

test("a service of a workspace answers, its image is one static binary, and no cache reaches its bytes", async () => {
  const first = await built()
  const image = await pullImage(first.image)
  expect(image.bytes / 1e6).toBeLessThanOrEqual(12)
  expect(image.entries.filter(({ path }) => /\/(cargo|rustc|sh|ld\.so.*|libc\.so.*)$/.test(path))).toEqual([])
  expect(image.entries.map(({ path }) => path)).toContain("/app/b")

  // An argument that nothing reads: every package is compiled anew, and the bytes are the same.
  edit("services/b/service.yaml", (text) => `${text}args:\n  NOBODY_READS: "${Date.now()}"\n`)
  const again = await built()
  expect(again.key).not.toBe(first.key)
  expect(again.digest).toBe(first.digest)

  // Its dependencies are compiled already.
  edit("libs/shared/src/lib.rs", (text) => text.replace("/ 2.0", "/ 4.0"))
  expect((await built()).digest).not.toBe(first.digest)
})
