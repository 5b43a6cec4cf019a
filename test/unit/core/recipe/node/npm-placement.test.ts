import { expect, test } from "vitest"
import { settle } from "../../../../../ci/core/recipe/node/npm-placement.js"

/** Places by short keys: every package as `a/b`, for node_modules/a/node_modules/b, with the names that it looks for. */
function settled(
  packages: Readonly<Record<string, readonly string[]>>,
  fixed: readonly string[] = [],
): readonly string[] {
  const long = (short: string) => short.replaceAll(/[^/]+/g, "node_modules/$&")
  const short = (key: string) => key.replaceAll("node_modules/", "")
  const places = settle({
    keys: Object.keys(packages).map(long),
    looksFor: (key) => packages[short(key)] ?? [],
    isFixed: (key) => fixed.includes(short(key)),
  })
  return [...places.values()].map(short)
}

test("a package moves to the place above that is free, and takes along what lies below it", () => {
  const packages = { "": ["a"], a: ["b"], "a/b": ["c"], "a/b/c": [], c: [] }
  expect(settled(packages)).toEqual(["", "a", "b", "b/c", "c"])
})

test("it moves through several levels", () => {
  expect(settled({ "": ["a"], a: ["b"], "a/b": ["c"], "a/b/c": [] })).toEqual(["", "a", "b", "c"])
})

test("of two that could move to one place the first does", () => {
  const packages = { "": ["a", "b"], a: ["c"], b: ["c"], "a/c": [], "b/c": [] }
  expect(settled(packages)).toEqual(["", "a", "b", "c", "b/c"])
})

test("it stays where the place above is taken, and where it is fixed", () => {
  expect(settled({ "": ["a", "b"], a: ["b"], "a/b": [], b: [] })).toEqual(["", "a", "a/b", "b"])
  expect(settled({ "": ["a"], a: ["b"], "a/b": [] }, ["a/b"])).toEqual(["", "a", "a/b"])
})

test("it stays where it would find another version of what it needs", () => {
  const packages = { "": ["a", "c"], a: ["b", "c"], "a/b": ["c"], "a/c": [], c: [] }
  expect(settled(packages)).toEqual(["", "a", "a/b", "a/c", "c"])
})

test("it stays where another package would find it that found none", () => {
  const packages = { "": ["a", "d"], a: ["b"], "a/b": [], d: ["b"] }
  expect(settled(packages)).toEqual(["", "a", "a/b", "d"])
})
