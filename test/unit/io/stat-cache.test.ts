import { existsSync, utimesSync, writeFileSync } from "node:fs"
import { lstat } from "node:fs/promises"
import { join } from "node:path"
import { beforeEach, expect, test, vi } from "vitest"
import { StatCache } from "../../../ci/io/stat-cache.js"
import { temporaryFolder } from "../helpers/repository.js"

let file: string
let cacheFile: string

beforeEach(() => {
  const folder = temporaryFolder()
  file = join(folder, "file")
  cacheFile = join(folder, "deep/cache.json")
  writeFileSync(file, "content")
})

/** Asks a fresh cache as if so many seconds had gone by since the file was written. */
async function ask(secondsLater: number, answer: string): Promise<string> {
  const cache = await StatCache.open(cacheFile)
  const now = vi.spyOn(Date, "now").mockReturnValue(Date.now() + secondsLater * 1000)
  const hash = await cache.hash("file", await lstat(file, { bigint: true }), () => Promise.resolve(answer))
  now.mockRestore()
  await cache.save()
  return hash
}

test("reads a file once while it stays the same", async () => {
  expect(await ask(3, "first")).toBe("first")
  expect(await ask(3, "second")).toBe("first")
})

test("does not remember a file that changed within two seconds of its reading", async () => {
  expect(await ask(1, "first")).toBe("first")
  expect(existsSync(cacheFile)).toBe(false)
  expect(await ask(1, "second")).toBe("second")
})

test("reads again after an edit of the same size whose time was set back", async () => {
  const { atime, mtime } = await lstat(file)
  await ask(3, "first")
  writeFileSync(file, "CONTENT")
  utimesSync(file, atime, mtime)
  expect(await ask(3, "second")).toBe("second")
})

test("a damaged cache counts as empty", async () => {
  await ask(3, "first")
  writeFileSync(cacheFile, '{"version":1,"files":{"file":')
  expect(await ask(3, "second")).toBe("second")
})
