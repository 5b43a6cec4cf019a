import { expect, test } from "vitest"
import { foldersOf, globsFor } from "../../../../ci/core/adopt/service-globs.js"
import { exactMatcher } from "../../../../ci/core/globs.js"

test.each([
  ["all in one folder", ["src/a", "src/b", "src/c"], ["src/a", "src/b", "src/c", "docs"], ["src/*"]],
  ["all but one", ["src/a", "src/b", "src/c"], ["src/a", "src/b", "src/c", "src/lib"], ["src/*", "!src/lib"]],
  ["few of many", ["src/a", "src/b"], ["src/a", "src/b", "src/c", "src/d"], ["src/a", "src/b"]],
  ["one", ["src/a"], ["src/a"], ["src/a"]],
  ["the root", ["."], ["src"], ["."]],
  [
    "by what is inside",
    ["apps/x/backend", "apps/y/backend"],
    ["apps/x/backend", "apps/x/web", "apps/y/backend"],
    ["apps/*/backend"],
  ],
  ["two groups", ["a/x", "a/y", "b/x", "b/y"], ["a/x", "a/y", "b/x", "b/y"], ["*/x", "*/y"]],
  ["names that look like globs", ["a/[x]"], ["a/[x]", "a/x"], ["a/\\[x\\]"]],
])("%s", (_what, services, folders, globs) => {
  expect(globsFor(services, folders)).toEqual(globs)
})

test("globs match exactly the services, whatever the layout", () => {
  const names = ["a", "b", "c", "d", "lib", "(x)", "größe"]
  const folders = foldersOf(
    names.flatMap((one) => names.flatMap((two) => [`${one}/${two}/web/f`, `${one}/${two}/f`])),
  )
  for (let seed = 1; seed < 60; seed++) {
    const services = folders.filter((_, index) => (index * seed * 7919 + seed) % 11 < seed % 11)
    const matches = exactMatcher(globsFor(services, folders))
    expect(folders.filter(matches).sort()).toEqual([...services].sort())
  }
})
