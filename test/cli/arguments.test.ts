import { describe, expect, test } from "vitest"
import { commands } from "../../cli/commands.js"
import { slipway } from "./helpers/cli.js"
import { twoServices } from "./helpers/two-services.js"

describe("help", () => {
  test.for(["", "help", "--help", "-h"])("lists the commands: slipway %s", async (line) => {
    const { exitCode, stdout, stderr } = await slipway(line.split(" ").filter(Boolean))
    for (const { usage, summary } of Object.values(commands)) {
      expect(stdout).toMatch(new RegExp(`^  ${escaped(usage)} +${escaped(summary)}$`, "m"))
    }
    expect(stdout).toContain("0 done, 1 a step failed, 2 bad input, 70 our bug, 130 interrupted")
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
  })

  test.for(Object.keys(commands))("says the same before and after %s", async (name) => {
    const before = await slipway(["help", name])
    expect(before.exitCode).toBe(0)
    expect(before.stdout.split("\n")[0]).toContain(`slipway ${name}`)
    if (name === "dagger") return // what follows it is dagger's
    expect((await slipway([name, "--help"])).stdout).toBe(before.stdout)
  })

  test("of build names every option it takes, none longer than 100 columns", async () => {
    const { stdout } = await slipway(["help", "build"])
    for (const option of commands.build.options) expect(stdout).toContain(`--${option}`)
    expect(longest(stdout)).toBeLessThanOrEqual(100)
    expect(longest((await slipway([])).stdout)).toBeLessThanOrEqual(100)
  })
})

test.for(["version", "--version"])("%s tells all versions", async (word) => {
  const { exitCode, stdout } = await slipway([word])
  expect(stdout).toMatch(/^Slipway \d+\.\d+\.\d+ · Dagger \d+\.\d+\.\d+ · Node \d+\.\d+\.\d+$/)
  expect(exitCode).toBe(0)
})

test("version --json tells them to scripts", async () => {
  const { stdout } = await slipway(["version", "--json"])
  expect(JSON.parse(stdout)).toEqual({
    slipway: expect.stringMatching(/^\d/),
    dagger: expect.stringMatching(/^\d/),
    node: process.versions.node,
  })
})

describe("a slip is told in one line, with what was probably meant, and exit code 2", () => {
  const slips: readonly (readonly [string, string])[] = [
    ["biuld", "biuld: no such command. Did you mean build? Run slipway help for the list."],
    ["constructor", "constructor: no such command. Run slipway help for the list."],
    ["help biuld", "biuld: no such command. Did you mean build? Run slipway help for the list."],
    ["-x", "-x: a command is missing. Run slipway help for the list."],
    ["--json", "--json: a command is missing. Run slipway help for the list."],
    [
      "build --paralel 2",
      "--paralel: build has no such option. Did you mean --parallel? Run slipway build --help for the list.",
    ],
    ["build --__proto__", "--__proto__: build has no such option. Run slipway build --help for the list."],
    [
      "services --env testing",
      "--env: services has no such option. Run slipway services --help for the list.",
    ],
    ["--quiet dagger call", "--quiet: dagger has no such option. Run slipway dagger --help for the list."],
    ["build --parallel", "--parallel needs a value: N."],
    ["build --registry=", "--registry needs a value: HOST/PATH."],
    ["build --env --json", "--env needs a value: ENVIRONMENT."],
    ["build --quiet=1", "--quiet takes no value."],
    ["build --parallel none", "--parallel none: a number from 1 to 999 is needed."],
    ["build --parallel 0", "--parallel 0: a number from 1 to 999 is needed."],
    ["engine logs --lines ten", "--lines ten: a whole number is needed."],
    [
      "engine strt",
      "engine strt: no such command. Did you mean start? One of: start, stop, status, logs, reset.",
    ],
    ["services all", "services takes no name, but got: all"],
    ["config hello other", "config takes at most 1 word, but got: hello other"],
    ["lock --check --update", "--check changes nothing, and --update pins anew. Leave one of them out."],
    ["config", "config needs the name of a service: hello, other."],
    ["config helo", "helo: no such service. Did you mean hello? This fleet has: hello, other."],
    ["build helo", "helo: no such service. Did you mean hello? This fleet has: hello, other."],
    [
      "build --env prod",
      "--env prod: is not one of development, testing, production. Did you mean production?",
    ],
    [
      "build --platform linux/arm",
      "--platform linux/arm: is not one of linux/amd64, linux/arm64. Did you mean linux/arm64?",
    ],
    ["build -C nowhere", "--directory nowhere: there is no such folder."],
    ["build -C slipway.yaml", "--directory slipway.yaml: there is no such folder."],
    [
      "build --registry https://127.0.0.1:5000",
      "--registry https://127.0.0.1:5000: is no registry. Write 127.0.0.1:5000.",
    ],
  ]
  test.for(slips)("%s", async ([line, message]) => {
    const { exitCode, stdout, stderr } = await slipway(line.split(" "), { cwd: twoServices() })
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: "", stderr: message })
  })
})

test("options may stand before the command", async () => {
  const { exitCode, stdout } = await slipway(["-C", twoServices(), "services"], { cwd: "/" })
  expect(stdout).toContain("services/other")
  expect(exitCode).toBe(0)
})

function longest(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length))
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")
}
