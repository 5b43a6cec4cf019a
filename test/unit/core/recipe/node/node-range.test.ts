import { expect, test } from "vitest"
import { wantedOf } from "../../../../../ci/core/recipe/node/node-range.js"

test.each([
  [">=12.0.0 <17", "16"],
  ["^14.17.0 || ^16.10.0", "16"],
  ["14.x", "14"],
  ["~16.13", "16.13"],
  ["16.13.2", "16.13.2"],
  ["10 - 12", "12"],
])("for %s, node %s is wanted", (range, wanted) => {
  expect(wantedOf(range)).toBe(wanted)
})
