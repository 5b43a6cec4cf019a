import { cpSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { beforeAll, describe, expect, inject, test } from "vitest"
import { makeElsewhere } from "../helpers/elsewhere.js"
import { folderOfFile } from "../helpers/folders.js"
import { freePort, startLoopbackRegistry } from "../helpers/loopback-registry.js"
import { call, checkout, slipway, start, succeed } from "../helpers/slipway.js"

const home = inject("firstHome")
const folder = folderOfFile()
const repository = join(folder, "repository")
const here = { home, cwd: repository }
const greeter = ["--service", "greeter"]

beforeAll(() => makeElsewhere(repository))

describe("help", () => {
  test("dagger functions says of each function what it does", async () => {
    const listed = await succeed(["dagger", "functions"], { home })
    for (const name of ["services", "builder", "runtime", "build", "image", "key", "publish"]) {
      expect(listed).toMatch(new RegExp(`^${name} +\\S+ \\S+ \\S+`, "m"))
    }
  })

  test("dagger call build --help says of each argument what it means", async () => {
    const help = (await call(["build", "--help"], { home })).replace(/\s+/g, " ")
    expect(help).toContain("Build a service: its final image")
    expect(help).toContain("--service string Name of the service [required]")
    expect(help).toContain("--env string Environment: development, testing or production")
    expect(help).toContain("--platform Platform Platform of the image")
  })
})

describe("stages and images as Dagger's own values", () => {
  test("services lists the names", async () => {
    expect(await call(["services"], { home })).toBe(readdirSync(join(checkout, "services")).sort().join("\n"))
  })

  test("builder holds the toolchain and what it built", async () => {
    const builder = ["builder", ...greeter]
    const version = await call([...builder, "with-exec", "--args", "go,version", "stdout"], here)
    expect(version).toContain("go1.26.8 linux/")
    const size = await call([...builder, "file", "--path", "/out/app/greeter", "size"], here)
    expect(Number(size)).toBeGreaterThan(1e6)
  })

  test("runtime is configured as the image is, and has nothing of the service", async () => {
    expect(await call(["runtime", ...greeter, "user"], here)).toBe("65532:65532")
    const entries = await call(["runtime", ...greeter, "directory", "--path", "/", "entries"], here)
    expect(entries).toContain("etc/")
    expect(entries).not.toContain("app/")
  })

  test("build is a container with the environment's settings, which runs", async () => {
    expect(await call(["build", ...greeter, "entrypoint"], here)).toBe("/app/greeter")
    const port = await freePort()
    const served = ["as-service", "--use-entrypoint", "up", "--ports", `${port}:8080`]
    const run = start(["dagger", "call", "build", ...greeter, "--env", "testing", ...served], here)
    try {
      expect(await firstAnswer(`http://127.0.0.1:${port}/`, run)).toBe("Testing!\n")
    } finally {
      run.kill("SIGTERM")
      await run
    }
  })
})

/** What a URL answers as soon as something answers there. */
async function firstAnswer(url: string, run: ReturnType<typeof start>): Promise<string> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer) return answer.text()
    if (run.exitCode !== null) throw new Error(`it ended before it answered:\n${(await run).stderr}`)
    await sleep(100)
  }
}

describe("arguments", () => {
  test("each environment has a key of its own; the default is production on linux/amd64", async () => {
    const key = (...args: string[]) => call(["key", ...greeter, ...args], here)
    const production = await key()
    expect(await key("--env", "production", "--platform", "linux/amd64")).toBe(production)
    const others = [await key("--env", "testing"), await key("--env", "development")]
    expect(new Set([production, ...others]).size).toBe(3)
  })

  test.each([
    {
      what: "a wrong service",
      args: ["--service", "greter"],
      words: "greter: no such service. Did you mean greeter? This fleet has: greeter.",
    },
    {
      what: "a wrong environment",
      args: [...greeter, "--env", "prod"],
      words: "--env prod: is not one of development, testing, production.",
    },
    {
      what: "a wrong platform",
      args: [...greeter, "--platform", "linux/riscv64"],
      words: "--platform linux/riscv64: is not one of",
    },
  ])("$what is refused in words", async ({ args, words }) => {
    const { exitCode, stderr } = await slipway(["dagger", "call", "build", ...args], here)
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain(words)
  })
})

describe("publish to a registry that only this machine reaches, handed over as a service", () => {
  let registry: string
  beforeAll(async () => {
    registry = await startLoopbackRegistry(home, folder)
  })

  const publish = (...args: string[]) =>
    call(["publish", "--registry", registry, "--registry-service", `tcp://${registry}`, ...args], here)

  test("each environment is an image of its own, found by its name and by its key", async () => {
    const names = ["development", "testing", "production"]
    const references: string[] = []
    for (const name of names) references.push(await publish(...greeter, "--env", name))
    expect(new Set(references).size).toBe(3)
    for (const [index, reference] of references.entries()) {
      expect(reference).toMatch(new RegExp(`^${registry}/greeter@sha256:[0-9a-f]{64}$`))
      const key = await call(["key", ...greeter, "--env", names[index] ?? ""], here)
      for (const tag of [names[index], `key-${key}`]) {
        expect(`${registry}/greeter@${await digestOf(tag ?? "")}`).toBe(reference)
      }
    }
    expect(await publish(...greeter)).toBe(references[2])
  })

  /** What the registry itself says of a tag. */
  async function digestOf(tag: string): Promise<string | null> {
    const accept = "application/vnd.oci.image.manifest.v1+json"
    const answer = await fetch(`http://${registry}/v2/greeter/manifests/${tag}`, { headers: { accept } })
    expect(answer.status).toBe(200)
    return answer.headers.get("docker-content-digest")
  }

  test("a service that does not compile is not published, and the compiler is quoted", async () => {
    const root = join(folder, "broken")
    await makeElsewhere(root)
    const broken = join(checkout, "test/fixtures/health/services/broken")
    cpSync(broken, join(root, "apps/broken/backend"), { recursive: true })
    const args = ["--registry", registry, "--registry-service", `tcp://${registry}`, "--service", "backend"]
    const { exitCode, stderr } = await slipway(["dagger", "call", "publish", ...args], { home, cwd: root })
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain("builder stage · go build failed with exit code 1")
    expect(stderr).toContain("undefined: undefinedRows")
    expect((await fetch(`http://${registry}/v2/backend/tags/list`)).status).toBe(404)
  })
})
