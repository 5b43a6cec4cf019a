import { describe, expect, test } from "vitest"
import { bytes, columns, cut, duration, elapsed } from "../../cli/output/format.js"

test.for([
  [0, "0.0 s"],
  [0.44, "0.4 s"],
  [9.94, "9.9 s"],
  [9.96, "10 s"],
  [59.4, "59 s"],
  [59.6, "1 min"],
  [252, "4 min 12 s"],
  [3600, "1 h"],
  [3780, "1 h 3 min"],
] as const)("%d seconds are %s", ([seconds, said]) => {
  expect(duration(seconds)).toBe(said)
})

test("what still runs ticks in whole seconds", () => {
  expect([0.9, 1, 9.99, 10, 59.9, 60, 61].map(elapsed)).toEqual([
    "0 s",
    "1 s",
    "9 s",
    "10 s",
    "59 s",
    "1 min",
    "1 min 1 s",
  ])
})

test.for([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [9_400_000, "9.4 MB"],
  [9_960_000, "10 MB"],
  [112_345_678, "112 MB"],
  [999_600_000, "1.0 GB"],
] as const)("%d bytes are %s", ([count, said]) => {
  expect(bytes(count)).toBe(said)
})

describe("a line", () => {
  test("that fits is left alone", () => expect(cut("catalog", 7)).toBe("catalog"))
  test("that is too long ends with an ellipsis", () => expect(cut("catalogue", 7)).toBe("catalo…"))
})

test("columns align, the last one ragged", () => {
  expect(
    columns([
      ["a", "b", "c"],
      ["long", "", "d"],
    ]),
  ).toEqual(["a      b   c", "long       d"])
})
