import { expect, test } from "vitest"
import { isNewerRust, satisfies } from "../../../../../ci/core/recipe/rust/version-requirement.js"

test.each([
  ["1", "1.9.0", "2.0.0"],
  ["1.2", "1.2.0", "1.1.9"],
  ["^1.2.3", "1.9.9", "1.2.2"],
  ["0.2", "0.2.9", "0.3.0"],
  ["0.0.3", "0.0.3", "0.0.4"],
  ["0.0", "0.0.9", "0.1.0"],
  ["~1.2", "1.2.9", "1.3.0"],
  ["~1.2.3", "1.2.9", "1.2.2"],
  ["1.*", "1.9.0", "2.0.0"],
  ["=1.2.3", "1.2.3", "1.2.4"],
  ["=1.2", "1.2.9", "1.3.0"],
  [">=1, <1.5", "1.4.9", "1.5.0"],
  [">1.2", "1.3.0", "1.2.9"],
  ["<=1.2", "1.2.9", "1.3.0"],
  ["=1.0.0-rc.1", "1.0.0-rc.1", "1.0.1"],
])("%s takes %s and not %s", (requirement, taken, refused) => {
  expect(satisfies(taken, requirement)).toBe(true)
  expect(satisfies(refused, requirement)).toBe(false)
})

test("every version is in the range of *", () => {
  expect(satisfies("7.0.1", "*")).toBe(true)
})

test("a Rust is newer by the numbers that it names", () => {
  expect(isNewerRust("1.85", "1.85.1")).toBe(false)
  expect(isNewerRust("1.86", "1.85.1")).toBe(true)
  expect(isNewerRust("1.85.2", "1.85.1")).toBe(true)
  expect(isNewerRust("1.9", "1.85.1")).toBe(false)
})
