import { expect, test } from "vitest"
import { parseCommands } from "../../../../../ci/core/recipe/node/shell-words.js"

test.each([
  ["node a.js", [["node", "a.js"]]],
  ["  tsc  &&node 'a b.js' --x=\"y z\"w ", [["tsc"], ["node", "a b.js", "--x=y zw"]]],
])("%s is %j", (text, expected) => {
  expect(parseCommands(text)).toEqual(expected)
})

test.each([
  "",
  "a &&",
  "a; b",
  "a | b",
  "a $B",
  'a "$B"',
  "a `b`",
  "a > b",
  "a 'b",
  "a *.js",
  "(a)",
  "a & b",
])("%j needs a shell", (text) => {
  expect(parseCommands(text)).toBeUndefined()
})
