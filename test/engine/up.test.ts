import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import { connect } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { folderOfFile, writeFiles } from "../helpers/folders.js"
import { freePort } from "../helpers/loopback-registry.js"
import { processes, untilSaid } from "../helpers/processes.js"
import { build, checkout, slipway, start } from "../helpers/slipway.js"

const home = inject("firstHome")
const fleet = join(checkout, "test/fixtures/up")

beforeAll(async () => {
  const { exitCode, stderr } = await build(["-C", fleet], { home })
  expect(exitCode, stderr).toBe(0)
})

/** A fleet that runs, with all that it has said so far. */
interface Running {
  readonly url: string
  readonly said: () => string
  readonly stop: () => Promise<{ exitCode: number; stdout: string; stderr: string; seconds: number }>
  readonly end: Promise<{ exitCode?: number; stdout: string; stderr: string }>
}

async function up(...args: readonly string[]): Promise<Running> {
  const run = start(["up", "-C", fleet, ...args], { home })
  const [printed, said] = [textFrom(run.stdout), textFrom(run.stderr)]
  await untilSaid(run.stderr, "Ctrl-C stops everything.")
  while (!printed().includes("\n")) await sleep(20)
  const [url = ""] = /^http:\/\/127\.0\.0\.1:\d+$/m.exec(printed()) ?? []
  const stop = async () => {
    const begin = performance.now()
    process.kill(run.pid ?? 0, "SIGINT")
    const { exitCode = -1, stdout, stderr } = await run
    return { exitCode, stdout, stderr, seconds: (performance.now() - begin) / 1000 }
  }
  afterAll(() => run.exitCode ?? stop()) // where a test fails
  return { url, said, stop, end: run }
}

/** What a stream has brought so far. */
function textFrom(stream: NodeJS.ReadableStream): () => string {
  let text = ""
  stream.on("data", (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text()
}

async function untilSays({ said }: Running, words: string): Promise<void> {
  for (let tries = 0; tries < 100 && !said().includes(words); tries++) await sleep(100)
  expect(said()).toContain(words)
}

describe("services that run together", () => {
  let running: Running
  const before = listeners()

  beforeAll(async () => {
    running = await up("--port", String(await freePort()))
  })

  test("answer at the printed address, and reach each other by name", async () => {
    expect(await textOf(`${running.url}/hello`)).toBe("hello from back")
  })

  test("answer many at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, number) => textOf(`${running.url}/${number}`)),
    )
    expect(new Set(answers)).toEqual(new Set(["hello from back"]))
  })

  test("are told with their names before each line, without their own colours", async () => {
    await textOf(`${running.url}/told`)
    await untilSays(running, "\nback  | back is asked for /told\n")
    expect(running.said()).toContain("\nback  | back warns in red\n")
    expect(running.said()).toContain("clock | clock ticks\n")
    expect(running.said()).toMatch(/^✔ front +front:8090 +GET \/health on port 8090$/m)
  })

  test("are open to this machine alone", async () => {
    const port = Number(new URL(running.url).port)
    const opened = listeners().filter((each) => !before.some((old) => same(old, each)))
    expect(opened).toContainEqual({ address: "127.0.0.1", port })
    const reachable = opened.filter(({ address }) => address !== "127.0.0.1")
    for (const each of reachable) expect(await answerOf(each.port), `port ${each.port}`).toBe("")
  })

  test("are all down seconds after Ctrl-C, with nothing left", async () => {
    const { exitCode, stdout, stderr, seconds } = await running.stop()
    expect(exitCode).toBe(130)
    expect(stdout).toBe(running.url)
    expect(stderr.split("\n").at(-1)).toMatch(/^Stopped after .+: all 3 services are down\.$/)
    expect(seconds).toBeLessThan(10)
    await expect(fetch(running.url)).rejects.toThrow()
    expect(processes(runsAService)).toEqual([])
  })
})

describe("a service that ends", () => {
  test("is told with exit code and last lines while the others run on; the door's end ends all", async () => {
    const running = await up("--port", String(await freePort()))
    expect(await textOf(`${running.url}/crash`)).toBe("back is gone\n")
    await untilSays(running, "Ctrl-C stops them.\n")
    expect(running.said()).toContain(
      "✖ back ended with exit code 7.\nIts last lines:\n  back lost its database\nThe others run on.",
    )
    await fetch(`${running.url}/end`).catch(() => {})
    const { exitCode, stderr } = await running.end
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(
      /front ended with exit code 4\.\nIts last lines:\n(.*\n)*? {2}front is asked to end$/,
    )
    expect(processes(runsAService)).toEqual([])
  })

  test("right after its start ends all, for it was well alone", async () => {
    const root = folderOfFile()
    const goService = (name: string, more: string, start: string) => ({
      [`services/${name}/service.yaml`]: `language: go\nport: 8080\n${more}`,
      [`services/${name}/go.mod`]: `module example.com/${name}\n\ngo 1.26.8\n`,
      [`services/${name}/main.go`]: `package main\n\nimport (\n\t"net"\n\t"net/http"\n\t"os"\n)\n\nfunc main() {\n\t${start}\n\thttp.ListenAndServe(":8080", nil)\n}\n`,
    })
    writeFiles(root, {
      ...goService(
        "shy",
        "variables: { OTHER: http://neighbour:8080 }\n",
        'if _, err := net.LookupHost("neighbour"); err == nil { println("somebody is there"); os.Exit(3) }',
      ),
      ...goService("neighbour", "", "_, _ = net.Dial, os.Exit"),
    })
    const { exitCode, stdout, stderr } = await slipway(["up", "-C", root], { home })
    expect(stderr).toMatch(
      /\nshy ended with exit code 3 right after its start\.\nIts last lines:\n {2}somebody is there$/,
    )
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" })
  })
})

describe("a port that somebody else has", () => {
  test("is refused where it was asked for, and passed over where it was not", async () => {
    const server = createServer().listen(8090, "127.0.0.1")
    afterAll(() => server.close())
    const asked = await slipway(["up", "-C", fleet, "--port", "8090"], { home })
    expect(asked).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "Port 8090: something else listens there. The same command without --port takes a free one.",
    })
    const running = await up("back", "front")
    expect(Number(new URL(running.url).port)).toBeGreaterThan(8090)
    expect((await running.stop()).stderr).toContain("all 2 services are down")
  })
})

interface Listener {
  readonly address: string
  readonly port: number
}

/** Everything that listens over IPv4, and over IPv6 at every address, in this network. */
function listeners(): readonly Listener[] {
  return ["tcp", "tcp6"].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === "0A")
      .map(([, local = ""]) => {
        const [address = "", port = ""] = local.split(":")
        return { address: address === "0100007F" ? "127.0.0.1" : address, port: Number.parseInt(port, 16) }
      }),
  )
}

function same(left: Listener, right: Listener): boolean {
  return left.address === right.address && left.port === right.port
}

/** What somebody gets who asks a port for a page. */
function answerOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ""
    const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: it\r\n\r\n"))
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()))
    socket.once("error", reject).once("close", () => resolve(answer))
    socket.setTimeout(8_000, () => socket.destroy())
  })
}

/** Programs of the fixture, which lie in their images at the same place. */
function runsAService(folder: string): boolean {
  const [program = ""] = readFileSync(join(folder, "cmdline"), "utf8").split("\0")
  return /^\/app\/(front|back|clock|shy|neighbour)$/.test(program)
}
