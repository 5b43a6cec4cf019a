import { execa } from "execa"
import { randomUUID } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { stripVTControlCharacters } from "node:util"
import { describe, expect, inject, test } from "vitest"
import { folderOfFile, writeFiles } from "../helpers/folders.js"
import { processes, untilSaid } from "../helpers/processes.js"
import { checkout, start, status } from "../helpers/slipway.js"
import { slowService } from "../helpers/slow-service.js"

const home = inject("firstHome")
const message = /^Interrupted after .+: 0 of 1 built and published\. The same command builds the rest\.$/

/** A fleet of one service that no registry knows and that compiles for a few seconds. */
function slowFleet() {
  const name = `slow-${randomUUID().slice(0, 8)}`
  const fleet = folderOfFile()
  writeFiles(fleet, slowService(name))
  return { name, fleet }
}

/** Whatever a build could leave behind: inputs, processes here and in the engine, tags. */
async function expectNothingLeft(
  { name, fleet }: { readonly name: string; readonly fleet: string },
  marker: string,
) {
  expect(readdirSync(join(fleet, ".slipway")).filter((entry) => entry.startsWith("inputs-"))).toEqual([])
  expect(processesWith("environ", marker)).toEqual([])
  for (let tries = 0; tries < 100 && processesWith("cmdline", `/out/app/${name}`).length > 0; tries++)
    await sleep(100)
  expect(processesWith("cmdline", `/out/app/${name}`)).toEqual([])
  const { registry } = await status(home)
  expect((await fetch(`http://${registry.address}/v2/${name}/tags/list`)).status).toBe(404)
}

describe("a build that is interrupted ends at once and leaves nothing behind", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s", async (signal, code) => {
    const slow = slowFleet()
    const marker = `INTERRUPTED_BY=${randomUUID()}`
    process.env["INTERRUPTED_BY"] = marker.split("=")[1]
    const run = start(["build", "-C", slow.fleet, "--json", "--verbose"], { home })
    delete process.env["INTERRUPTED_BY"]
    await untilSaid(run.stderr, "/src go build")
    expect(processesWith("environ", marker).length).toBeGreaterThan(1) // itself and its session
    process.kill(run.pid ?? 0, signal)
    const { exitCode, stdout, stderr } = await run
    expect(stderr.split("\n").filter((line) => message.test(line))).toHaveLength(1)
    expect(stderr).not.toContain("Slipway itself failed")
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: "" })
    await expectNothingLeft(slow, marker)
  })

  test("by Ctrl-C in a terminal, whose cursor comes back", async () => {
    const slow = slowFleet()
    const marker = `INTERRUPTED_BY=${randomUUID()}`
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^(CI$|NO_COLOR$|_EXPERIMENTAL|SLIPWAY_)/.test(name),
    )
    const env = {
      ...Object.fromEntries(kept),
      ...{ SLIPWAY_HOME: home, TERM: "xterm", INTERRUPTED_BY: marker.split("=")[1] },
    }
    const line = `stty rows 24 columns 100; exec ./slipway build -C ${slow.fleet}`
    const run = execa("script", ["--quiet", "--flush", "--return", "--command", line, "/dev/null"], {
      ...{ cwd: checkout, env, extendEnv: false, stdin: "pipe", reject: false },
    })
    await untilSaid(run.stdout, "builder · go build · 1 s")
    run.stdin.write("\x03")
    const { exitCode, stdout } = await run
    expect(stripVTControlCharacters(stdout).trimEnd().split(/\r?\n/).at(-1)).toMatch(message)
    expect(stdout).toContain("interrupted after ")
    expect(stdout.lastIndexOf("\x1b[?25h")).toBeGreaterThan(stdout.lastIndexOf("\x1b[?25l"))
    expect(exitCode).toBe(130)
    await expectNothingLeft(slow, marker)
  })
})

/** Processes of which a file in /proc/PID holds some words. */
function processesWith(file: "environ" | "cmdline", words: string): number[] {
  return processes((folder) => readFileSync(join(folder, file), "utf8").includes(words))
}
