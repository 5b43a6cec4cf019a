import { execa } from "execa"
import { cpSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, expect, inject, test } from "vitest"
import { folderOfFile } from "../helpers/folders.js"
import { pullImage } from "../helpers/images.js"
import { build, call, checkout, status, succeed, type Built } from "../helpers/slipway.js"

const [first, second] = [inject("firstHome"), inject("secondHome")]
const elsewhere = join(folderOfFile(), "another", "checkout")
let here: Built
let there: Built

beforeAll(async () => {
  await copyCheckout()
  here = await build([], { home: first })
  await succeed(["engine", "reset", "--all"], { home: second })
  there = await build(["-C", elsewhere], { home: second, umask: "077" })
})

/** The sample repository as another person has it: elsewhere, closed to others, on another day. */
async function copyCheckout(): Promise<void> {
  const isMade = (path: string) => /node_modules|dist$|target$|\.slipway|\.venv/.test(path)
  for (const path of ["services", "libs", "slipway.yaml", "slipway.lock"]) {
    const from = join(checkout, path)
    cpSync(from, join(elsewhere, path), { recursive: true, filter: (source) => !isMade(source) })
  }
  await execa("chmod", ["-R", "go-rwx", elsewhere])
  await execa("find", [elsewhere, "-exec", "touch", "--date=2011-12-13T14:15:16Z", "{}", "+"])
}

test("another seed, an empty engine, checkout, umask and clock: the same keys and the same digests", () => {
  const all = Object.keys(here.targets).length
  expect(there.stderr).toContain(`Built ${all} of ${all}`)
  const facts = ({ targets }: Built) =>
    Object.values(targets).map(({ service, key, digest }) => ({ service, key, digest }))
  expect(all).toBeGreaterThan(5)
  expect(facts(there)).toEqual(facts(here))
  expect(Object.values(there.targets).map((target) => target.status)).toEqual(Array(all).fill("built"))
})

test("dagger call gives the other checkout the same keys", async () => {
  for (const { service, key } of Object.values(here.targets)) {
    expect(await call(["--source", elsewhere, "key", "--service", service], { home: first })).toBe(key)
  }
})

test("each registry serves the bytes that its digest names, layer by layer", async () => {
  for (const service of Object.keys(here.targets)) {
    const [ours, theirs] = await Promise.all(
      [here, there].map(({ targets }) => pullImage(targets[service]?.image ?? "")),
    )
    expect(theirs?.digest).toBe(there.targets[service]?.digest)
    expect(theirs?.config.rootfs.diff_ids).toEqual(ours?.config.rootfs.diff_ids)
  }
})

test("both engines run side by side, on networks of their own", async () => {
  const both = await Promise.all([first, second].map((home) => status(home)))
  expect(both.map(({ engine, registry }) => engine.running && registry.running)).toEqual([true, true])
  expect(new Set(both.map(({ registry }) => registry.address)).size).toBe(2)
  const ask = (home: string) =>
    succeed(["dagger", "-s", "query"], {
      home,
      cwd: elsewhere, // no module there that would have to be loaded
      input: '{ container { from(address: "debian:trixie-slim") { file(path: "/etc/motd") { contents } } } }',
    })
  const [ours = "", theirs = ""] = await Promise.all([first, second].map(ask))
  expect(theirs).toContain("made on another day")
  expect(ours).not.toContain("made on another day")
})
