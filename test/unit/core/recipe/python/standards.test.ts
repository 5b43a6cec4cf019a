import { describe, expect, test } from "vitest"
import { markerEnvironment } from "../../../../../ci/core/recipe/python/interpreter.js"
import { markerHolds } from "../../../../../ci/core/recipe/python/marker.js"
import { parseRequirement } from "../../../../../ci/core/recipe/python/requirement.js"
import { compareVersions, parseVersion, satisfies } from "../../../../../ci/core/recipe/python/version.js"
import { wheelFits } from "../../../../../ci/core/recipe/python/wheel.js"

test("versions are in their order", () => {
  const inOrder = ["1.0.dev1", "1.0a1.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1", "1.1", "1!0.1"]
  const sorted = [...inOrder].reverse().sort((left, right) => {
    const [first, second] = [parseVersion(left), parseVersion(right)]
    return first === undefined || second === undefined ? NaN : compareVersions(first, second)
  })
  expect(sorted).toEqual(inOrder)
})

test.each([
  ["3.13.5", ">=3.11,<4", true],
  ["3.13.5", "<3.13", false],
  ["3.13.5", "~=3.13.1", true],
  ["3.13.5", "~=3.12.1", false],
  ["3.13.5", "==3.13.*", true],
  ["3.13.5", "!=3.13.*", false],
  ["1.0", "==1.0.0", true],
])("%s in %s: %s", (version, set, isIn) => {
  expect(satisfies(version, set)).toBe(isIn)
})

describe("markers", () => {
  const environment = markerEnvironment("3.13.5", "linux/arm64")
  test.each([
    ["sys_platform == 'win32'", false],
    ["python_version >= '3.9'", true],
    ["python_full_version < '3.13.5'", false],
    ["'3.12' < python_version", true],
    ["platform_machine in 'x86_64 aarch64'", true],
    ["sys_platform not in 'win32 cygwin'", true],
    ["(os_name == 'nt' or sys_platform == 'linux') and platform_python_implementation != 'PyPy'", true],
    ["os_name == 'nt' or sys_platform == 'linux' and python_version < '3'", false],
    ["extra == 'Fast_Path'", true],
    ["extra == 'slow'", false],
    ["not readable at all", true],
  ])("%s: %s", (marker, holds) => {
    expect(markerHolds(marker, environment, new Set(["fast-path"]))).toBe(holds)
  })
})

test.each([
  ["a-1-py3-none-any.whl", true],
  ["a-1-py2.py3-none-any.whl", true],
  ["a-1-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", true],
  ["a-1-cp39-abi3-manylinux_2_28_x86_64.whl", true],
  ["a-1-cp314-abi3-manylinux_2_28_x86_64.whl", false],
  ["a-1-cp313-cp313t-manylinux_2_28_x86_64.whl", false],
  ["a-1-cp312-cp312-manylinux_2_28_x86_64.whl", false],
  ["a-1-cp313-cp313-manylinux_2_42_x86_64.whl", false],
  ["a-1-cp313-cp313-musllinux_1_2_x86_64.whl", false],
  ["a-1-cp313-cp313-manylinux_2_28_aarch64.whl", false],
  ["a-1.tar.gz", false],
])("%s fits: %s", (file, fits) => {
  expect(wheelFits(file, { version: "3.13.5", platform: "linux/amd64" })).toBe(fits)
})

test("requirements are read with extras, versions, addresses and markers", () => {
  expect(parseRequirement("Uvicorn[standard] >= 0.30, <1 ; python_version > '3.8'")).toEqual({
    name: "uvicorn",
    extras: ["standard"],
    specifiers: ["<1", ">=0.30"],
    marker: "python_version > '3.8'",
  })
  expect(parseRequirement("a @ https://example.org/a-1.whl ; extra == 'x'")).toMatchObject({
    url: "https://example.org/a-1.whl",
    marker: "extra == 'x'",
  })
  expect(parseRequirement("packaging (>=24)")).toMatchObject({ specifiers: [">=24"] })
  expect(parseRequirement("a b")).toBeUndefined()
})
