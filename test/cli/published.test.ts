import { readFileSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import type { BuildReport } from "../../cli/build/report.js"
import { temporaryFolder } from "../unit/helpers/repository.js"
import { slipway } from "./helpers/cli.js"
import { keyTags } from "./helpers/keys.js"
import { digestOf, publishTiny, registryProgram, startRegistry } from "./helpers/registry.js"
import { twoServices } from "./helpers/two-services.js"

/** An engine that cannot be had: whoever asks for it fails. */
const noEngine = {
  _EXPERIMENTAL_DAGGER_RUNNER_HOST: "unix:///nowhere/engine.sock",
  _EXPERIMENTAL_DAGGER_CLI_BIN: "/bin/false",
}

/** A repository whose targets a real registry holds under their keys. */
async function published({ without = "" } = {}) {
  const root = twoServices()
  const registry = await startRegistry()
  const digests: Record<string, string> = {}
  for (const [service, tag] of Object.entries(await keyTags(root))) {
    if (service !== without) digests[service] = await publishTiny(registry, service, [tag], service)
  }
  const build = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
    slipway(["build", "--registry", registry, "-C", root, ...args], { env: { ...noEngine, ...env } })
  return { root, registry, digests, build }
}

describe.skipIf(registryProgram === undefined)("when a registry holds every key", () => {
  test("build says so without an engine", async () => {
    const { build } = await published()
    const { exitCode, stdout, stderr } = await build()
    expect(stderr).toMatch(/^Everything is published: 2 of 2 targets \(\d+(\.\d)? s, engine not needed\)$/)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" })
  })

  test("build --json prints the report and nothing else on standard output", async () => {
    const { build, registry, digests } = await published()
    const { exitCode, stdout, stderr } = await build(["--json"])
    const report = JSON.parse(stdout) as BuildReport
    expect(report.version).toBe(1)
    expect(report.targets).toHaveLength(2)
    for (const target of report.targets) {
      expect(target).toMatchObject({
        ...{ environment: "production", platform: "linux/amd64", status: "skipped" },
        image: `${registry}/${target.service}@${digests[target.service]}`,
        digest: digests[target.service],
        compressedBytes: target.service.length,
        uncompressedBytes: 4096,
      })
    }
    expect(stderr).toContain("Everything is published")
    expect(exitCode).toBe(0)
  })

  test("build --quiet prints nothing", async () => {
    const { build } = await published()
    const { exitCode, stdout, stderr } = await build(["--quiet"])
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "", stderr: "" })
  })

  test("the environment's tag is made, and moved when it points elsewhere", async () => {
    const { build, registry, digests } = await published()
    const old = await publishTiny(registry, "other", ["production"], "an older image")
    expect(old).not.toBe(digests["other"])
    expect(await digestOf(registry, "hello", "production")).toBeUndefined()
    expect((await build()).exitCode).toBe(0)
    expect(await digestOf(registry, "hello", "production")).toBe(digests["hello"])
    expect(await digestOf(registry, "other", "production")).toBe(digests["other"])
    expect(await digestOf(registry, "hello", "testing")).toBeUndefined()
  })

  test("a path below the registry's host is part of the name", async () => {
    const root = twoServices()
    const registry = await startRegistry()
    const { hello = "" } = await keyTags(root)
    const digest = await publishTiny(registry, "acme/shop/hello", [hello])
    const place = `${registry}/acme/shop`
    const { stdout } = await slipway(["build", "hello", "--json", "--registry", place, "-C", root], {
      env: noEngine,
    })
    expect((JSON.parse(stdout) as BuildReport).targets[0]?.image).toBe(`${place}/hello@${digest}`)
  })

  test("another environment has another key", async () => {
    const { build, root, registry } = await published()
    const { exitCode, stderr } = await build(["hello", "--env", "testing"])
    expect(stderr).toContain("1 of 2 services · testing · ")
    expect(exitCode).toBe(1) // it asked for the engine
    const { hello = "" } = await keyTags(root, "testing")
    const digest = await publishTiny(registry, "hello", [hello], "for testing")
    expect((await build(["hello", "--env", "testing"])).exitCode).toBe(0)
    expect(await digestOf(registry, "hello", "testing")).toBe(digest)
  })

  test("an edit asks for the engine, and its undoing does not", async () => {
    const { build, root } = await published()
    const file = join(root, "services/hello/main.go")
    const text = readFileSync(file, "utf8")
    writeFileSync(file, `${text}// edited\n`)
    const edited = await build(["--json"])
    expect(edited.stderr).toContain("names does not answer")
    expect({ exitCode: edited.exitCode, stdout: edited.stdout }).toEqual({ exitCode: 1, stdout: "" })
    writeFileSync(file, text)
    expect((await build()).exitCode).toBe(0)
  })

  test("Dagger is never loaded; with a key missing it is", async () => {
    const loaded = async (
      found: Awaited<ReturnType<typeof published>>,
      env: Readonly<Record<string, string>>,
    ) => {
      const file = join(temporaryFolder(), "modules")
      const recorder = join(import.meta.dirname, "helpers/record-modules.mjs")
      const ended = await found.build([], {
        ...env,
        NODE_OPTIONS: `--import ${recorder}`,
        LOADED_MODULES: file,
      })
      return { ...ended, modules: readFileSync(file, "utf8").split("\n") }
    }
    const isDagger = (url: string) => url.includes("/@dagger.io/dagger/")

    const nothing = await loaded(await published(), {})
    expect(nothing.exitCode).toBe(0)
    expect(nothing.modules.some((url) => /\/\.cache\/slipway\/[0-9a-f]+\/build-/.test(url))).toBe(true)
    expect(nothing.modules.filter(isDagger)).toEqual([])

    const something = await loaded(await published({ without: "hello" }), {
      ...noEngine,
      ...(await deafEngine()),
    })
    expect(something.exitCode).toBe(1)
    expect(something.modules.filter(isDagger)).not.toEqual([])
    expect(something.stderr).toContain("Building 1 target")
    expect(something.stderr.split("\n").at(-1)).toMatch(/^The engine cannot be reached: /)
  })
})

/** An engine that accepts connections, for a CLI that does not know what to say. */
async function deafEngine() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.close())
  return { _EXPERIMENTAL_DAGGER_RUNNER_HOST: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
