import { expect, test } from "vitest"
import { keyedStages } from "../../../../ci/core/recipe/stage-keys.js"
import type { Target } from "../../../../ci/io/load-target.js"
import { loadOne } from "../../helpers/load.js"
import { nodeService, repository } from "../../helpers/repository.js"

function keysOf({ recipe, inputs }: Target): Record<string, string | undefined> {
  return Object.fromEntries([...keyedStages(recipe, inputs)].map(([name, { key }]) => [name, key]))
}

test("an edit of a source leaves every stage's key, and stages with sources have none", async () => {
  const before = keysOf(await loadOne(repository(nodeService)))
  const edited = { ...nodeService, "services/web/src/more.ts": "export const more = 1\n" }
  expect(keysOf(await loadOne(repository(edited)))).toEqual(before)
  const without = Object.keys(before).filter((name) => before[name] === undefined)
  expect(without).toEqual(["builder", "layer app"])
  expect(Object.values(before).filter((key) => key !== undefined)).toSatisfy(areDifferent)
})

test("another dependency changes the dependencies' key and that of their layer, no other", async () => {
  const text = (nodeService["services/web/package-lock.json"] ?? "").replace('"5.0.0"', '"5.0.1"')
  const before = keysOf(await loadOne(repository(nodeService)))
  const after = keysOf(await loadOne(repository({ ...nodeService, "services/web/package-lock.json": text })))
  const changed = Object.keys(before).filter((name) => before[name] !== after[name])
  expect(changed).toEqual(["dependencies", "layer dependencies"])
})

function areDifferent(keys: readonly unknown[]): boolean {
  return new Set(keys).size === keys.length
}
