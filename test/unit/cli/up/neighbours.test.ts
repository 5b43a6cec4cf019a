import { describe, expect, test } from "vitest"
import { pickDoor } from "../../../../cli/up/door.js"
import { mentionsIn, startOrder, withNeeded, wrongPorts } from "../../../../cli/up/neighbours.js"
import type { ResolvedService } from "../../../../ci/core/resolve/resolved-service.js"

/** Services by name with their variables; all listen on 8080 but those that are named in `silent`. */
function fleet(
  variables: Readonly<Record<string, Readonly<Record<string, string>>>>,
  silent: readonly string[] = [],
): readonly ResolvedService[] {
  return Object.entries(variables).map(
    ([name, own]) =>
      ({
        ...{ name, environments: { production: { args: {}, variables: own } } },
        ...(silent.includes(name) ? {} : { port: 8080 }),
      }) as unknown as ResolvedService,
  )
}

function mentioned(value: string): readonly string[] {
  const services = fleet({ a: { URL: value }, b: {}, "c-2": {} })
  return mentionsIn(services, "production").map(({ to, port }) => (port === undefined ? to : `${to}:${port}`))
}

describe("a variable names a neighbour", () => {
  test.for([
    ["http://b:8080", ["b:8080"]],
    ["http://b", ["b"]],
    ["http://b/path?x=c-2", ["b"]],
    ["postgres://user:word@b:5432/db", ["b:5432"]],
    ["b:8080,c-2:9090", ["b:8080", "c-2:9090"]],
    ["grpc://b:1/ http://c-2:2", ["b:1", "c-2:2"]],
    ["http://a:8080", []],
    ["http://b.example.com:8080", []],
    ["http://bb:8080", []],
    ["b", []],
    ["a sentence about b and c-2", []],
  ] as const)("%s", ([value, expected]) => {
    expect(mentioned(value)).toEqual(expected)
  })

  test("at a port on which it does not listen", () => {
    const services = fleet({ a: { B: "http://b:80", C: "c:8080", D: "d:1" }, b: {}, c: {}, d: {} }, ["d"])
    expect(wrongPorts(services, mentionsIn(services, "production"))).toEqual([
      "a: B names b:80, but b listens on 8080",
      "a: D names d:1, but d has no port",
    ])
  })
})

describe("which services start, and when", () => {
  const services = fleet({
    door: { A: "http://one:8080", B: "http://two:8080" },
    one: { T: "http://two:8080" },
    two: { O: "http://one:8080", S: "http://store:8080" },
    store: {},
    alone: {},
  })
  const mentions = mentionsIn(services, "production")
  const names = (found: readonly ResolvedService[]) => found.map(({ name }) => name)

  test("the named ones and what they reach, over circles, too", () => {
    expect(names(withNeeded(["one"], services, mentions))).toEqual(["one", "two", "store"])
    expect(names(withNeeded(["alone"], services, mentions))).toEqual(["alone"])
  })

  test("each after what it calls; a circle at once", () => {
    expect(startOrder(services, mentions).map(names)).toEqual([["store", "alone"], ["one", "two"], ["door"]])
  })
})

describe("the front door", () => {
  test.for([
    ["the only one that nobody calls", fleet({ a: {}, b: { A: "http://a:8080" } }), "b"],
    ["the first of several", fleet({ a: {}, b: {} }), "a"],
    ["the first of a circle", fleet({ a: { B: "b:1" }, b: { A: "a:1" } }), "a"],
    ["none without a port", fleet({ a: {}, b: { A: "http://a:8080" } }, ["b"]), "a"],
  ] as const)("%s", ([, services, door]) => {
    expect(pickDoor(services, mentionsIn(services, "production"), undefined).name).toBe(door)
  })

  test.for([
    [
      ["a"],
      "a",
      "a is to be the front door, but has no port. Add port: to its service.yaml, or name another with --door.",
    ],
    [["a"], "bb", "bb is to be the front door, but is not started. Did you mean b? Started: a, b."],
    [
      ["a", "b"],
      undefined,
      "None of these services has a port, so nothing could be opened. Add port: to the one that people open.",
    ],
  ] as const)("%s without a port, %s asked for", ([silent, named, message]) => {
    expect(() => pickDoor(fleet({ a: {}, b: {} }, silent), [], named)).toThrow(message)
  })
})
