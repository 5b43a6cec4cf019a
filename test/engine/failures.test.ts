import { join } from "node:path"
import { beforeAll, describe, expect, inject, test } from "vitest"
import { build, checkout, type Built } from "../helpers/slipway.js"
import { pullImage } from "../helpers/images.js"

/** One fleet of ten services, three of them well in each way that can be checked; one build for all tests. */
const fleet = join(checkout, "test/fixtures/health")
const home = inject("secondHome")
let run: Built

beforeAll(async () => {
  run = await build(["-C", fleet, "--parallel", "3"], { home })
})

/** What standard error tells of a failed service: everything below its heading. */
function story(service: string): string {
  const parts = run.stderr.split(/\n\n(?=\S+ · production)/)
  return parts.find((part) => part.startsWith(`${service} · production`))?.trimEnd() ?? ""
}

test("a build in which something failed ends with 1 and counts both", () => {
  expect(run.exitCode).toBe(1)
  expect(run.stderr).toMatch(/^4 built, 6 failed in /m)
})

describe("a service that is well is published, whatever the others do", () => {
  test.each(["http", "grpc", "tcp", "command"])("healthy by %s", async (service) => {
    const target = run.targets[service]
    expect(target, run.stderr).toMatchObject({ status: "built", healthySeconds: expect.any(Number) })
    expect((await pullImage(target?.image ?? "")).digest).toBe(target?.digest)
  })

  test("health takes as long as the service takes to get well", () => {
    expect(run.targets["http"]?.healthySeconds).toBeGreaterThanOrEqual(1)
  })
})

describe("a failure names stage and step and quotes what was said last", () => {
  test.each([
    { service: "broken", place: "builder · go build", words: "main.go:7:23: undefined: undefinedRows" },
    {
      service: "unhealthy",
      place: "health · GET /health on port 8080",
      words: "Not healthy after 3 s. Last: answered 503: no database",
    },
    {
      service: "grpc-down",
      place: "health · grpc.health.v1.Health/Check on port 9090",
      words: "Not healthy after 3 s. Last: grpc health answered 0x0802",
    },
    {
      service: "deaf",
      place: "health · connect to port 8080",
      words: "Nothing listens on port 8080 3 s after the start.",
    },
    {
      service: "quitter",
      place: "health · GET /health on port 8080",
      words: "right after its start.\n  It printed, and ended with exit code 3:\n  DATABASE_URL is not set",
    },
    {
      service: "fat",
      place: "image · size budget",
      words: "MB uncompressed, the budget is 25 MB. Make it smaller, or raise limits.imageSizeMB",
    },
  ])("$service", ({ service, place, words }) => {
    expect(run.targets[service]).toMatchObject({ status: "failed", digest: null, image: null })
    expect(run.targets[service]?.reason).toContain(place)
    const [heading = "", ...quoted] = story(service).split("\n")
    for (const part of place.split(" · ")) expect(heading).toContain(part)
    expect(quoted.join("\n")).toContain(words)
  })
})

describe("a service that runs, but is not well, is quoted, too", () => {
  test.each([
    { service: "unhealthy", printed: "the database refuses connections" },
    { service: "deaf", printed: "listening on :8081" },
  ])("$service", ({ service, printed }) => {
    expect(story(service)).toContain(`  It printed:\n  ${printed}\nWhole story: `)
  })

  test("and one that is silent is said to be", () => {
    expect(story("grpc-down")).toContain("  It printed nothing.\nWhole story: ")
  })
})

test("what failed is tried again by the next build, what is published is not", async () => {
  const again = await build(["-C", fleet, "http", "broken"], { home })
  expect(again.exitCode).toBe(1)
  expect(again.targets["http"]).toMatchObject({ status: "skipped", digest: run.targets["http"]?.digest })
  expect(again.targets["broken"]?.status).toBe("failed")
})
