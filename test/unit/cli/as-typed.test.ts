import { describe, expect, test } from "vitest"
import { asTyped, type Typing } from "../../../cli/output/as-typed.js"

const inRoot: Typing = {
  script: "/src/shop/slipway",
  workingFolder: "/src/shop",
  programFolders: ["/bin"],
  root: "/src/shop",
}

describe("a message names commands as they can be typed", () => {
  test.each<readonly [string, Partial<Typing>, string]>([
    ["in the checkout itself", {}, "./slipway build"],
    ["from the PATH", { programFolders: ["/bin", "/src/shop"], workingFolder: "/x" }, "slipway build"],
    ["from beside it", { workingFolder: "/src/shop/services" }, "../slipway build"],
    ["from far away", { workingFolder: "/home/me/work/x/y" }, "/src/shop/slipway build"],
    ["under another name", { script: "/src/shop/sw" }, "./sw build"],
    ["with -C", { directory: "../my shop" }, "./slipway -C '../my shop' build"],
  ])("%s", (_, typing, expected) => {
    expect(asTyped("Next: ./slipway build", { ...inRoot, ...typing })).toBe(`Next: ${expected}`)
  })

  test("-C goes with commands that take it", () => {
    const text = "./slipway engine start, ./slipway help build, then ./slipway lock"
    expect(asTyped(text, { ...inRoot, directory: "x" })).toBe(
      "./slipway engine start, ./slipway help build, then ./slipway -C x lock",
    )
  })

  test("paths of adopt are the root's, wherever it is typed", () => {
    const below = { ...inRoot, workingFolder: "/src/shop/services/api" }
    expect(asTyped("Run ./slipway adopt apps/x.", below)).toBe("Run ../../slipway -C ../.. adopt apps/x.")
  })

  test("what only looks like it is left alone", () => {
    const text = "../slipway build, a/./slipway build, ./slipway.lock, ./slipway-x"
    expect(asTyped(text, { ...inRoot, directory: "x" })).toBe(text)
  })
})
