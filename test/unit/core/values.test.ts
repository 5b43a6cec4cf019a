import { expect, test } from "vitest"
import { canonicalJson } from "../../../ci/core/canonical-json.js"
import { ContentKey, Digest, ServiceName } from "../../../ci/core/ids.js"
import { isWithin, slice, toListing } from "../../../ci/core/listing.js"
import { renderProblems } from "../../../ci/core/problem.js"
import { environmentTag, imageReference, keyTag } from "../../../ci/core/tags.js"

test("canonical JSON is one text for equal values", () => {
  const left = { b: [1, { d: undefined, c: "é" }], a: null }
  const right = { a: null, b: [1, { c: "é" }] }
  expect(canonicalJson(left)).toBe('{"a":null,"b":[1,{"c":"é"}]}')
  expect(canonicalJson(right)).toBe(canonicalJson(left))
})

test.each(["orders", "a.b", "a-b_c", "0"])("%s is a service name", (name) => {
  expect(ServiceName.safeParse(name).success).toBe(true)
})

test.each(["", "Orders", "a--b", "-a", "a/b", "a".repeat(101)])("%j is no service name", (name) => {
  expect(ServiceName.safeParse(name).success).toBe(false)
})

test("digests and keys are 64 hexadecimal digits", () => {
  const digits = "0123456789abcdef".repeat(4)
  expect(Digest.safeParse(`sha256:${digits}`).success).toBe(true)
  expect(Digest.safeParse(digits).success).toBe(false)
  expect(ContentKey.safeParse(digits.toUpperCase()).success).toBe(false)
})

test("a listing is sorted, has each path once, and is sliced at whole names", () => {
  const entry = (path: string) => ({ path, executable: false, sha256: "", size: 0 })
  const listing = toListing([entry("a/c"), entry("ab"), entry("a/b"), entry("a/c")])
  expect(listing.map(({ path }) => path)).toEqual(["a/b", "a/c", "ab"])
  expect(slice(listing, "a").map(({ path }) => path)).toEqual(["a/b", "a/c"])
  expect(isWithin("anything", ".")).toBe(true)
})

test("problems are told file by file, line by line", () => {
  const text = renderProblems(
    [
      { file: "b.yaml", line: 9, path: "helth", message: "unknown key. Did you mean health?" },
      { file: "a.yaml", message: "the file is empty." },
      { file: "b.yaml", line: 3, message: "a tab." },
    ],
    { nothing: "nothing was built" },
  )
  expect(text).toBe(`3 problems in 2 files, nothing was built.
a.yaml
  the file is empty.
b.yaml
  line 3: a tab.
  line 9, helth: unknown key. Did you mean health?`)
})

test("tags name keys and environments", () => {
  const key = ContentKey.parse("a".repeat(64))
  expect(keyTag(key)).toBe(`key-${"a".repeat(64)}`)
  expect(environmentTag("production", "linux/arm64")).toBe("production-linux-arm64")
  const reference = imageReference(
    "127.0.0.1:5055/",
    ServiceName.parse("orders"),
    environmentTag("production"),
  )
  expect(reference).toBe("127.0.0.1:5055/orders:production")
})
