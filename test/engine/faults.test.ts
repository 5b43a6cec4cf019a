import { execa } from "execa"
import { mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { folderOfFile, writeFiles } from "../helpers/folders.js"
import { processes, untilSaid } from "../helpers/processes.js"
import { build, slipway, start, status, succeed, type Ended } from "../helpers/slipway.js"
import { slowService } from "../helpers/slow-service.js"

const [first, home] = [inject("firstHome"), inject("secondHome")]

/** A fleet of services that compile for a few seconds: time enough to interrupt them. */
const fleet = folderOfFile()
const resolver = readFileSync("/etc/resolv.conf", "utf8")

beforeAll(async () => {
  for (const name of ["slow-engine", "slow-registry", "slow-killed", "slow-asked"]) {
    writeFiles(fleet, slowService(name))
  }
  await succeed(["engine", "start"], { home })
})

afterAll(() => succeed(["engine", "start"], { home }))

describe("interrupted in the middle of a build, the same command again gives the undisturbed digest", () => {
  test.each([
    {
      what: "the engine is killed",
      service: "slow-engine",
      kill: async () => killed((await status(home)).engine.pid),
      end: { exitCode: 1, words: /builder · go build failed: the engine was stopped or ended: .*EOF/ },
    },
    {
      what: "the registry is killed",
      service: "slow-registry",
      kill: async () => killed((await status(home)).registry.pid),
      end: { exitCode: 1, words: /publish stage · push [^]*connection refused/ },
    },
    {
      what: "Slipway is killed",
      service: "slow-killed",
      kill: async (pid: number) => killed(pid),
      end: { exitCode: -1, words: /go build/ },
    },
    {
      what: "Ctrl-C",
      service: "slow-asked",
      kill: async (pid: number) => process.kill(pid, "SIGINT"),
      end: { exitCode: 130, words: /^Interrupted after/m },
    },
  ])("$what", async ({ service, kill, end }) => {
    const undisturbed = await build(["-C", fleet, service], { home: first })
    const disturbed = await interrupt(service, kill)
    expect(disturbed.stderr).toMatch(end.words)
    expect(disturbed.exitCode).toBe(end.exitCode)
    const again = await build(["-C", fleet, service], { home })
    expect(again.exitCode, again.stderr).toBe(0)
    const { digest } = undisturbed.targets[service] ?? {}
    expect(again.targets[service]).toMatchObject({ status: "built", digest })
  })
})

/** Starts a build, runs `kill` once the compiler is at work, and returns how the build ended. */
async function interrupt(service: string, kill: (pid: number) => Promise<unknown>): Promise<Ended> {
  const run = start(["build", "-C", fleet, service, "--verbose"], { home })
  await untilSaid(run.stderr, "/src go build")
  await kill(run.pid ?? 0)
  const { exitCode = -1, stdout, stderr } = await run
  return { exitCode, stdout, stderr }
}

function killed(pid: number | undefined): void {
  if (pid === undefined) throw new Error("nothing runs that could be killed")
  process.kill(pid, "SIGKILL")
}

function engines(): number[] {
  const config = join(home, "run", "engine.toml")
  return processes((folder) => {
    const [program = "", ...args] = readFileSync(join(folder, "cmdline"), "utf8").split("\0")
    return program.endsWith("/engine") && args.includes(config)
  })
}

/** What the home's network is called: `slipwayN`. */
function networkName(): string {
  return `slipway${readFileSync(join(home, "network"), "utf8").trim()}`
}

/** Runs something in a container, so that bridge, resolver and runc have been there. */
const useEngine = () =>
  succeed(["dagger", "-s", "query"], {
    home,
    cwd: fleet,
    input: `{ container { from(address: "debian:trixie-slim") { withExec(args: ["true"]) { exitCode } } } }`,
  })

describe("the engine's life", () => {
  test("started twice at the same moment, it is one", async () => {
    await succeed(["engine", "stop"], { home })
    expect(engines()).toEqual([])
    const both = await Promise.all([1, 2].map(() => slipway(["engine", "start"], { home })))
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    expect(engines()).toHaveLength(1)
  })

  test("stopped, it leaves no process, no network, no rule and no mount", async () => {
    await useEngine()
    const network = networkName()
    const isInside = (inode: string) => (folder: string) => readlinkSync(join(folder, "ns", "net")) === inode
    const namespace = readlinkSync(`/proc/${(await status(home)).engine.pid}/ns/net`)
    expect(processes(isInside(namespace)).length).toBeGreaterThan(1)
    expect(await machine()).toContain(network)

    await succeed(["engine", "stop", "--all"], { home })
    expect(processes(isInside(namespace))).toEqual([])
    expect(await machine()).not.toMatch(new RegExp(`${network}\\b|${network}[he]`))
    expect(readFileSync("/proc/mounts", "utf8")).not.toContain(home)
    expect(engines()).toEqual([])
  })

  test("the host's resolver is untouched while an engine runs and after", async () => {
    await succeed(["engine", "start"], { home })
    await useEngine()
    expect(readFileSync("/etc/resolv.conf", "utf8")).toBe(resolver)
    await succeed(["engine", "stop"], { home })
    expect(readFileSync("/etc/resolv.conf", "utf8")).toBe(resolver)
  })

  test("after a reboot, which takes processes and network away, it starts as before", async () => {
    await succeed(["engine", "start"], { home })
    const before = await status(home)
    const network = networkName()
    killed(before.engine.pid)
    killed(before.registry.pid)
    await execa("ip", ["link", "delete", `${network}h`])
    await execa("ip", ["netns", "delete", network])
    await succeed(["engine", "start"], { home })
    await useEngine()
    const after = await status(home)
    expect(after.engine.running).toBe(true)
    expect(after.registry).toMatchObject({ running: true, address: before.registry.address })
  })

  test("what a set-up that was cut short left does no harm", async () => {
    await succeed(["engine", "stop", "--all"], { home })
    for (const half of [".bin-cut", ".content-cut", ".seed-cut"]) {
      mkdirSync(join(home, "cache", half))
      writeFileSync(join(home, "cache", half, "engine"), "half")
    }
    for (const file of ["engine.json", "registry.json", "engine.toml", "engine.sock", "parts"]) {
      rmSync(join(home, "run", file), { force: true })
      writeFileSync(join(home, "run", file), '{"pid":')
    }
    await succeed(["engine", "start"], { home })
    await useEngine()
    expect(engines()).toHaveLength(1)
  })
})

/** Everything of the machine in which an engine's network shows. */
async function machine(): Promise<string> {
  const commands = [["ip", "netns", "list"], ["ip", "-o", "link"], ["iptables-save"]] as const
  const listed = await Promise.all(commands.map(([command, ...args]) => execa(command, args)))
  return listed.map(({ stdout }) => stdout).join("\n")
}
