import { describe, expect, test } from "vitest"
import { slipway } from "./helpers/cli.js"
import { serve } from "./helpers/http-server.js"
import { twoServices } from "./helpers/two-services.js"

/** Builds against a registry and expects one line that tells why it cannot be asked. */
async function refusal(registry: string) {
  const { exitCode, stdout, stderr, seconds } = await slipway(
    ["build", "hello", "--registry", registry, "-C", twoServices()],
    { env: unreachableEngine },
  )
  expect({ exitCode, stdout, lines: stderr.split("\n").length }).toEqual({
    exitCode: 1,
    stdout: "",
    lines: 1,
  })
  return { stderr, seconds }
}

/** Whatever asks for an engine fails at once. */
const unreachableEngine = {
  _EXPERIMENTAL_DAGGER_RUNNER_HOST: "unix:///nowhere/engine.sock",
  _EXPERIMENTAL_DAGGER_CLI_BIN: "/bin/false",
}

describe("a registry that cannot be asked is told in one line, in bounded time", () => {
  test.for([
    ["127.0.0.1:1", "bad port"],
    ["127.0.0.1:2", "connect ECONNREFUSED 127.0.0.1:2"],
    ["registry.invalid", "getaddrinfo ENOTFOUND registry.invalid"],
  ] as const)("%s", async ([registry, why]) => {
    const { stderr, seconds } = await refusal(registry)
    expect(stderr).toBe(
      `The registry ${registry} does not answer: ${why}. Check its address and the network.`,
    )
    expect(seconds).toBeLessThan(5)
  })

  test("one that answers 401", async () => {
    const { address } = await serve((_, response) => response.writeHead(401).end())
    const { stderr, seconds } = await refusal(address)
    expect(stderr).toBe(
      `The registry ${address} answered 401 for hello. Log in with  docker login ${address}`,
    )
    expect(seconds).toBeLessThan(5)
  })

  test("one that answers 403", async () => {
    const { address, asked } = await serve((_, response) => response.writeHead(403).end())
    expect((await refusal(`${address}/acme/shop`)).stderr).toContain(
      `${address} answered 403 for acme/shop/hello. Log in with  docker login ${address}`,
    )
    expect(asked).toHaveLength(2) // the key and the environment, once each
  })

  test("one that answers 500, after some patience", async () => {
    const { address, asked } = await serve((_, response) => response.writeHead(500).end())
    const { stderr, seconds } = await refusal(address)
    expect(stderr).toContain(`${address} answered 500 for hello. Try again later`)
    expect(asked).toHaveLength(10)
    expect(seconds).toBeLessThan(15)
  })

  test("one that wants an hour's rest", async () => {
    const { address } = await serve((_, response) => response.writeHead(429, { "retry-after": "3600" }).end())
    const { stderr, seconds } = await refusal(address)
    expect(stderr).toContain(`${address} answered 429 for hello`)
    expect(seconds).toBeLessThan(25)
  })

  test("one that cuts every connection", async () => {
    const { address, asked } = await serve((request) => request.socket.destroy())
    const { stderr, seconds } = await refusal(address)
    expect(stderr).toMatch(new RegExp(`^The registry ${address} does not answer: .+ Check its address`))
    expect(asked.length).toBeGreaterThan(2)
    expect(seconds).toBeLessThan(15)
  })

  test("one that is busy for a moment is asked again", async () => {
    const { address, asked } = await serve((_, response) =>
      asked.length <= 2 ? response.writeHead(503).end() : response.writeHead(404).end(),
    )
    const { exitCode, stderr } = await slipway(
      ["build", "hello", "--registry", address, "-C", twoServices()],
      {
        env: unreachableEngine,
      },
    )
    expect(stderr).toContain("The engine that _EXPERIMENTAL_DAGGER_RUNNER_HOST names does not answer")
    expect(exitCode).toBe(1)
    expect(asked).toHaveLength(4)
  })
})

describe("an engine that cannot be had", () => {
  test("by name has no registry of its own, so one must be named", async () => {
    const { exitCode, stderr } = await slipway(["build", "-C", twoServices()], { env: unreachableEngine })
    expect(stderr).toBe(
      "No registry is named. Add  registry: HOST/PATH  to slipway.yaml, or pass --registry HOST/PATH.",
    )
    expect(exitCode).toBe(2)
  })

  test("by name needs a dagger CLI", async () => {
    const { exitCode, stderr } = await slipway(["env"], {
      env: { _EXPERIMENTAL_DAGGER_RUNNER_HOST: "tcp://127.0.0.1:2" },
    })
    expect(stderr).toMatch(/there is no dagger CLI \d+\.\d+\.\d+ on PATH\. Install it, or unset the variable/)
    expect(exitCode).toBe(1)
  })

  test.for([
    ["unix:///nowhere/engine.sock", "connect ENOENT /nowhere/engine.sock"],
    ["tcp://127.0.0.1:2", "connect ECONNREFUSED 127.0.0.1:2"],
  ] as const)("at %s is told at once", async ([host, why]) => {
    const { exitCode, stderr, stdout, seconds } = await slipway(["dagger", "version"], {
      env: { ...unreachableEngine, _EXPERIMENTAL_DAGGER_RUNNER_HOST: host },
    })
    expect(stderr).toBe(
      `The engine that _EXPERIMENTAL_DAGGER_RUNNER_HOST names does not answer: ${why}. Start it, or unset the variable to use the embedded engine.`,
    )
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" })
    expect(seconds).toBeLessThan(5)
  })
})
