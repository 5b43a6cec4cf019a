import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import type { Listing } from "../../../ci/core/listing.js"
import { readRepository } from "../../../ci/io/read-repository.js"
import { ChangedFileError, stageInputs } from "../../../ci/io/stage-inputs.js"
import { repository, temporaryFolder } from "../helpers/repository.js"

async function list(root: string): Promise<Listing> {
  const opened = await readRepository(root)
  const listing = await opened.listing(["."], () => true)
  if (!listing.ok) throw new Error("the test's repository has problems")
  return listing.value
}

test("writes the tree with two modes, composed names, links as links and one time", async () => {
  const root = repository({ "folder/e\u0301": "text", run: "#!/bin/sh\n" })
  chmodSync(join(root, "run"), 0o777)
  chmodSync(join(root, "folder/e\u0301"), 0o600)
  symlinkSync("folder", join(root, "link"))
  const target = temporaryFolder()
  await stageInputs(root, await list(root), target)

  const modeOf = (path: string): string => (lstatSync(join(target, path)).mode & 0o7777).toString(8)
  expect(readdirSync(target).sort()).toEqual(["folder", "link", "run"])
  expect(readFileSync(join(target, "folder/\u00E9"), "utf8")).toBe("text")
  expect([modeOf("folder"), modeOf("folder/\u00E9"), modeOf("run")]).toEqual(["755", "644", "755"])
  expect(readlinkSync(join(target, "link"))).toBe("folder")
  expect(lstatSync(join(target, "folder")).mtime.toISOString()).toBe("1980-01-01T00:00:00.000Z")
  expect(lstatSync(join(target, "run")).mtime.toISOString()).toBe("1980-01-01T00:00:00.000Z")
})

test("refuses a file that changed after it was listed", async () => {
  const root = repository({ file: "before" })
  const listing = await list(root)
  writeFileSync(join(root, "file"), "after")
  await expect(stageInputs(root, listing, temporaryFolder())).rejects.toThrow(ChangedFileError)
})
