import { expect, test } from "vitest"
import type { Recipe } from "../../../../ci/core/recipe/recipe.js"
import {
  awaitedContents,
  contentName,
  type Contents,
  keyedStages,
} from "../../../../ci/core/recipe/stage-keys.js"
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
  expect(changed).toEqual(["dependencies", "builder before sources", "layer dependencies"])
})

test("a folder that is copied by content gives a key as soon as the content is known, the same for the same content", () => {
  const step = { do: "copyFrom", stage: "builder", path: "/modules", to: "/", byContent: true } as const
  const recipe = {
    platform: "linux/amd64",
    scripts: { unpack: "", image: "" },
    stages: [
      { name: "builder", steps: [{ do: "copy", files: "all", to: "/src" }] },
      { name: "runtime", steps: [step, { do: "run", name: "link", command: ["link"] }] },
      { name: "layer", steps: [{ do: "mountFrom", stage: "runtime", path: "/out", to: "/content" }] },
    ],
  } as unknown as Recipe
  const keysWith = (contents: Contents) =>
    Object.fromEntries([...keyedStages(recipe, [], contents)].map(([name, { key }]) => [name, key]))
  const unknown = keyedStages(recipe, [])
  expect([...unknown.values()].map(awaitedContents)).toEqual([[], [step], []])
  const known = keysWith(new Map([[contentName(step), "sha256:1"]]))
  expect(known["builder"]).toBeUndefined()
  expect([known["runtime"], known["layer"]].every((key) => key !== undefined)).toBe(true)
  expect(keysWith(new Map([[contentName(step), "sha256:1"]]))).toEqual(known)
  expect(keysWith(new Map([[contentName(step), "sha256:2"]]))["layer"]).not.toBe(known["layer"])
})

test("a cache that another stage fills counts as much as that stage", () => {
  const keyOf = (command: string) => {
    const recipe = {
      platform: "linux/amd64",
      scripts: { unpack: "", image: "" },
      stages: [
        { name: "library", steps: [{ do: "run", name: "compile", command: [command] }] },
        {
          name: "tools",
          steps: [{ do: "cache", path: "/cache", id: "c", sharing: "shared", stage: "library" }],
        },
      ],
    } as unknown as Recipe
    return keyedStages(recipe, []).get("tools")?.key
  }
  expect(keyOf("a")).toBe(keyOf("a"))
  expect(keyOf("a")).not.toBe(keyOf("b"))
})

function areDifferent(keys: readonly unknown[]): boolean {
  return new Set(keys).size === keys.length
}
