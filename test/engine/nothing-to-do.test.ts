import { join } from "node:path"
import { beforeAll, expect, inject, test } from "vitest"
import { build, checkout, status, succeed, type Built } from "../helpers/slipway.js"

const home = inject("secondHome")
const what = ["-C", join(checkout, "test/fixtures/health"), "tcp", "http"]
let before: Built

beforeAll(async () => {
  before = await build(what, { home })
  expect(before.exitCode, before.stderr).toBe(0)
})

/** A build that finds everything published, with the engine's state before it as it is after it: stopped. */
async function buildNothing(): Promise<void> {
  const run = await build(what, { home })
  expect(run.exitCode, run.stderr).toBe(0)
  expect(run.stderr).toMatch(/^Everything is published: 2 of 2 targets \(.*, engine not needed\)$/m)
  for (const service of ["tcp", "http"]) {
    const { digest = null, key, image = null } = before.targets[service] ?? {}
    expect(run.targets[service]).toMatchObject({ status: "skipped", digest, key, image })
  }
  const { engine, registry } = await status(home)
  expect({ engine: engine.running, registry: registry.running }).toEqual({ engine: false, registry: true })
}

test("with the engine stopped, a build of what is published starts none", async () => {
  await succeed(["engine", "stop"], { home })
  await buildNothing()
})

test("with the registry stopped, too, it starts the registry alone", async () => {
  await succeed(["engine", "stop", "--all"], { home })
  const { registry } = await status(home)
  expect(registry.running).toBe(false)
  await buildNothing()
})
