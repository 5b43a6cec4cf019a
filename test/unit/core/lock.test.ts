import { describe, expect, test } from "vitest"
import { builtInLock } from "../../../ci/core/lock/built-in.js"
import { closureName, closurePackages } from "../../../ci/core/lock/closures.js"
import { mergeLocks } from "../../../ci/core/lock/merge-locks.js"
import { parseLock, renderLock } from "../../../ci/core/lock/parse-lock.js"
import { byVersion, pickVersion } from "../../../ci/core/lock/pick-version.js"
import { testLock } from "../helpers/test-lock.js"

test("the built-in lock reads back as it is written", () => {
  expect(parseLock(renderLock(builtInLock), "slipway.lock")).toEqual({ ok: true, value: builtInLock })
})

test("a repository's entries win, and the built-in ones stay", () => {
  const hash = `h1:${"B".repeat(43)}=`
  const own = { ...testLock, node: {}, go: { "1.27.0": { "linux/amd64": hash } } }
  const merged = mergeLocks(testLock, own)
  expect(Object.keys(merged.go)).toEqual(["1.26.8", "1.27.0"])
  expect(merged.node).toEqual(testLock.node)
  expect(mergeLocks(testLock, undefined)).toBe(testLock)
})

describe("closures", () => {
  test("are named by their base and added packages, in any order", () => {
    expect(closureName("node", [])).toBe("node")
    expect(closureName("node", ["libvips42", "curl", "curl"])).toBe("node+curl+libvips42")
  })

  test("hold what is for the platform or for all", () => {
    expect(closurePackages(testLock, "static", "linux/amd64").map(({ name }) => name)).toEqual(["tzdata"])
    expect(closurePackages(testLock, "static", "linux/arm64")).toEqual([])
    expect(closurePackages(testLock, "unknown", "linux/amd64")).toEqual([])
  })
})

describe("versions", () => {
  test("are compared number by number", () => {
    expect(["1.10.0", "1.9.9", "1.9", "2"].sort(byVersion)).toEqual(["1.9", "1.9.9", "1.10.0", "2"])
  })

  test.each([
    [undefined, "24.10.0"],
    ["24", "24.10.0"],
    ["24.1", "24.1.0"],
    ["2", undefined],
    ["24.1.0", "24.1.0"],
  ])("%s picks %s", (wanted, picked) => {
    expect(pickVersion(["22.0.0", "24.1.0", "24.10.0"], wanted)).toBe(picked)
  })
})
