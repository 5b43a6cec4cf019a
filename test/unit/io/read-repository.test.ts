import { chmodSync, symlinkSync } from "node:fs"
import { geteuid, seteuid } from "node:process"
import { join } from "node:path"
import { expect, test } from "vitest"
import { loadFleet } from "../../../ci/io/load-fleet.js"
import { readRepository } from "../../../ci/io/read-repository.js"
import { goService, repository } from "../helpers/repository.js"

async function pathsOf(files: Readonly<Record<string, string>>, folder = "."): Promise<unknown> {
  const opened = await readRepository(repository(files))
  return [...(await opened.paths(folder))].sort()
}

async function listingOf(root: string): Promise<unknown> {
  const opened = await readRepository(root)
  const listing = await opened.listing(["."], () => true)
  return listing.ok ? listing.value : listing.problems
}

test("leaves out what git ignores at any level, and lets a deeper file take a rule back", async () => {
  const files = {
    ".gitignore": "*.log\ndist/\n/only-at-root\n",
    "a.log": "",
    "only-at-root": "",
    "inner/.gitignore": "!keep.log\n*.tmp\n",
    "inner/keep.log": "",
    "inner/drop.log": "",
    "inner/x.tmp": "",
    "inner/only-at-root": "",
    "inner/dist/main.js": "",
    "x.tmp": "",
  }
  const kept = [".gitignore", "inner/.gitignore", "inner/keep.log", "inner/only-at-root", "x.tmp"]
  expect(await pathsOf(files)).toEqual(kept)
})

test("rules above a folder hold when only that folder is read", async () => {
  const files = { ".gitignore": "secret\n", "a/b/secret": "", "a/b/c": "", "d/e": "" }
  expect(await pathsOf(files, "a/b")).toEqual(["a/b/c"])
  expect(await pathsOf({ ".gitignore": "a/\n", "a/b/c": "" }, "a/b")).toEqual([])
})

test("never sees .git, node_modules and .slipway", async () => {
  const files = { ".git/config": "", "a/node_modules/b/index.js": "", ".slipway/log": "", "a/main.js": "" }
  expect(await pathsOf(files)).toEqual(["a/main.js"])
})

test("lists links by their target and does not follow them", async () => {
  const root = repository({ "folder/file": "x" })
  symlinkSync("folder", join(root, "link"))
  symlinkSync("/etc", join(root, "absolute"))
  expect(await listingOf(root)).toMatchObject([
    { file: "absolute", message: expect.stringContaining("/etc") },
  ])
})

test("tells the owner's executable bit and no other", async () => {
  const root = repository({ run: "x", read: "y" })
  chmodSync(join(root, "run"), 0o700)
  chmodSync(join(root, "read"), 0o611)
  expect(await listingOf(root)).toMatchObject([
    { path: "read", executable: false },
    { path: "run", executable: true },
  ])
})

test("sorts by bytes, and gives composed names for decomposed ones", async () => {
  const root = repository({ "e\u0301": "1", Z: "2", "\u{1F600}": "3", "\uFF5E": "4" })
  expect(await listingOf(root)).toMatchObject([
    { path: "Z" },
    { path: "\u00E9" },
    { path: "\uFF5E" },
    { path: "\u{1F600}" },
  ])
})

test("finds services by glob, at the depth that the glob reaches", async () => {
  const opened = await readRepository(
    repository({
      "services/a/service.yaml": "",
      "services/a/inner/service.yaml": "",
      "services/old/service.yaml": "",
      "teams/x/y/service.yaml": "",
      "service.yaml": "",
    }),
  )
  expect(await opened.services(["services/*", "!services/old"])).toEqual(["services/a/service.yaml"])
  expect(await opened.services(["teams/**"])).toEqual(["teams/x/y/service.yaml"])
  expect(await opened.services(["."])).toEqual(["service.yaml"])
})

/** Runs as a user whom permissions stop; root may read everything. */
async function asAnybody<T>(run: () => Promise<T>): Promise<T> {
  if (geteuid?.() !== 0) return run()
  seteuid?.(65534)
  try {
    return await run()
  } finally {
    seteuid?.(0)
  }
}

const denied = "may not be read by the user that runs this. Change its permissions, or name it in .gitignore."

test("goes on around a folder that may not be read, and says so", async () => {
  const root = repository({ "a/secret/file": "", "b/file": "" })
  chmodSync(root, 0o755)
  chmodSync(join(root, "a/secret"), 0)
  const opened = await readRepository(root)
  expect(await asAnybody(() => opened.paths("."))).toEqual(["b/file"])
  expect(opened.denied()).toEqual(["a/secret"])
})

test("a service is not built without what may not be read in it; what lies elsewhere does not matter", async () => {
  const files = { ...goService, "services/hello/data/x": "", "elsewhere/x": "" }
  const root = repository({ ...files, "services/hello/go.sum": "" })
  chmodSync(root, 0o755)
  for (const path of ["services/hello/data", "services/hello/go.sum", "elsewhere"])
    chmodSync(join(root, path), 0)
  const { problems } = await asAnybody(() => loadFleet(root))
  expect(problems).toEqual([
    { file: "services/hello/go.sum", message: denied },
    { file: "services/hello/data", message: denied },
  ])
})

test("a file that may not be read is told when it is hashed", async () => {
  const root = repository({ "a/file": "" })
  chmodSync(root, 0o755)
  chmodSync(join(root, "a/file"), 0)
  expect(await asAnybody(() => listingOf(root))).toEqual([{ file: "a/file", message: denied }])
})
