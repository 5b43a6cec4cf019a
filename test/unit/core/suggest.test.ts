import { expect, test } from "vitest"
import { suggest } from "../../../ci/core/suggest.js"

const languages = ["go", "node", "python", "rust", "java"]

test.each([
  ["jave", "java"],
  ["noed", "node"],
  ["Python", "python"],
  ["pyhton", "python"],
  ["og", "go"],
  ["pyt", "python"],
])("%s was meant to be %s", (found, meant) => {
  expect(suggest(found, languages)).toBe(meant)
})

test.each(["", "x", "haskell", "typescript"])("nothing is near to %j", (found) => {
  expect(suggest(found, languages)).toBeUndefined()
})
