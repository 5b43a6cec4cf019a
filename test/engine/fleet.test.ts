import { execa } from "execa"
import { randomUUID } from "node:crypto"
import { mkdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, inject, test } from "vitest"
import { fleetFiles } from "../../bench/fleet/fleet-files.js"
import { planFleets } from "../../bench/fleet/plan-fleets.js"
import { folderOfFile, writeFiles } from "../helpers/folders.js"
import { readArchive } from "../helpers/images.js"
import { build, call, checkout, slipway, succeed, type Built } from "../helpers/slipway.js"

const home = inject("firstHome")
const repository = join(folderOfFile(), "Räder & Söhne")
const options = { seed: 1, count: 30, layout: "two", mark: randomUUID() } as const
const fleets = planFleets(options).map((fleet) => ({ ...fleet, root: join(repository, fleet.folder) }))
const built = new Map<string, Built>()

/** One git repository with two fleets that know nothing of Slipway's sample, each with Slipway as its blueprint. */
beforeAll(async () => {
  mkdirSync(repository)
  writeFiles(repository, fleetFiles(options))
  mkdirSync(join(repository, "tools"))
  symlinkSync(checkout, join(repository, "tools", "slipway"))
  await execa("git", ["init", "--quiet"], { cwd: repository })
  for (const { folder, root, services } of fleets) {
    const page = services.find(({ language }) => language === "static")?.folder ?? ""
    symlinkSync("日本語.txt", join(root, page, "public", "a link.txt"))
    const blueprint = { name: "fleet", engineVersion: "v0.19.10", blueprint: { source: "../tools/slipway" } }
    writeFiles(root, { "dagger.json": JSON.stringify(blueprint) })
    await succeed(["lock", "-C", root], { home })
    built.set(folder, await build(["-C", root], { home }))
  }
})

/** Every target of a fleet, as its build told. */
const targetsIn = (folder: string) => Object.values(built.get(folder)?.targets ?? {})

test("all thirty services are built", () => {
  for (const { exitCode, stderr } of built.values()) expect(exitCode, stderr).toBe(0)
  const all = fleets.flatMap(({ folder }) => targetsIn(folder))
  expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => "built"))
})

describe.each(fleets)("$folder", ({ folder, root, services }) => {
  test("has nothing to do a second time, and knows so at once", async () => {
    const begin = performance.now()
    const { exitCode, stderr } = await slipway(["build", "-C", root], { home })
    const seconds = (performance.now() - begin) / 1000
    const count = services.length
    expect(stderr).toMatch(new RegExp(`^Everything is published: ${count} of ${count} targets`))
    expect(exitCode).toBe(0)
    expect(seconds).toBeLessThan(10)
  })

  test("has the same keys through dagger call", async () => {
    const wanted = Object.fromEntries(targetsIn(folder).map(({ service, key }) => [aliasOf(service), key]))
    const fields = services.map(({ name }) => `${aliasOf(name)}: key(service: ${JSON.stringify(name)})`)
    // One query for all: each call of the CLI loads the module anew.
    const answer = await succeed(["dagger", "query"], {
      ...{ home, cwd: root, input: `{ fleet { ${fields.join(" ")} } }` },
    })
    expect((JSON.parse(answer) as { fleet: unknown }).fleet).toEqual(wanted)
  })
})

describe("a service of each kind has one digest through dagger call, too", () => {
  test.each(["go", "static", "docker", "python"] as const)("%s", async (language) => {
    for (const { folder, root, services } of fleets) {
      const name = services.find((service) => service.language === language)?.name
      if (name === undefined) continue
      const file = join(repository, `${name}.tar`)
      await call(["image", "--service", name, "export", "--path", file], { home, cwd: root })
      expect((await readArchive(file)).digest).toBe(built.get(folder)?.targets[name]?.digest)
    }
  })
})

/** A name that GraphQL takes. */
function aliasOf(service: string): string {
  return service.replaceAll("-", "_")
}
