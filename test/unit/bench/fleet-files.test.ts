import { describe, expect, test } from "vitest"
import { fleetFiles } from "../../../bench/fleet/fleet-files.js"
import { fleetLanguages } from "../../../bench/fleet/shape.js"
import { builtInLock } from "../../../ci/core/lock/built-in.js"
import { loadFleet } from "../../../ci/io/load-fleet.js"
import { loadAll } from "../helpers/load.js"
import { repository } from "../helpers/repository.js"

const options = { seed: 7, count: 30, layout: "one" } as const

test("the same options give the same files, another seed others", () => {
  expect(fleetFiles(options)).toEqual(fleetFiles({ ...options }))
  expect(Object.keys(fleetFiles(options))).not.toEqual(Object.keys(fleetFiles({ ...options, seed: 8 })))
})

test("a mark changes what services say and nothing else", () => {
  const [one, other] = [fleetFiles(options), fleetFiles({ ...options, mark: "other" })]
  expect(Object.keys(one)).toEqual(Object.keys(other))
  expect(one).not.toEqual(other)
})

describe("each layout holds as many services as were asked for, in every language", () => {
  test.each([
    { layout: "one", folders: ["."] },
    { layout: "two", folders: ["Nord", "Süd Region"] },
  ] as const)("$layout", async ({ layout, folders }) => {
    const root = repository(fleetFiles({ ...options, layout }))
    const fleets = await Promise.all(folders.map((folder) => loadFleet(`${root}/${folder}`)))
    expect(fleets.flatMap(({ problems }) => problems)).toEqual([])
    const services = fleets.flatMap((fleet) => fleet.services)
    expect(services).toHaveLength(30)
    expect(new Set(services.map(({ language }) => language))).toEqual(new Set(fleetLanguages))
  })
})

test("a fleet of some languages has no others, and plans without a lock of its own", async () => {
  const languages = ["go", "static", "node", "python", "rust", "java"] as const
  const root = repository(fleetFiles({ ...options, languages, layout: "one" }))
  const { targets, problems } = await loadAll(root, { baseLock: builtInLock })
  expect(problems).toEqual([])
  expect(new Set(targets.map(({ resolved }) => resolved.language))).toEqual(new Set(languages))
})

test("a shared folder that nobody imports is no input", async () => {
  const root = repository(fleetFiles({ ...options, languages: ["go"], layout: "two" }))
  const loaded = await Promise.all(
    ["Nord", "Süd Region"].map((folder) => loadAll(`${root}/${folder}`, { baseLock: builtInLock })),
  )
  const inputs = loaded.flatMap(({ targets }) => targets).flatMap((target) => target.inputs)
  const paths = inputs.map(({ path }) => path)
  expect(paths).toContain("common/go-kit/answer/answer.go")
  expect(paths).not.toContain("common/go-kit/unused/unused.go")
  expect(paths.some((path) => path.endsWith("server/texts/grüße an alle.txt"))).toBe(true)
})
