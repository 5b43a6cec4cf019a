import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { temporaryFolder } from "../unit/helpers/repository.js"
import { checkout, command, launcher, slipway } from "./helpers/cli.js"
import { twoServices } from "./helpers/two-services.js"

describe("SLIPWAY_HOME", () => {
  test("may not be longer than a socket below it allows", async () => {
    const long = `/tmp/${"long/".repeat(20)}home`
    const { exitCode, stderr } = await slipway(["services"], { env: { SLIPWAY_HOME: long } })
    expect(stderr).toBe(
      `SLIPWAY_HOME is ${long.length} bytes long, and a socket below it allows 91: ${long}\nPoint SLIPWAY_HOME at a shorter path.`,
    )
    expect(exitCode).toBe(2)
  })

  test("must be a folder", async () => {
    const file = join(temporaryFolder(), "file")
    writeFileSync(file, "")
    const { exitCode, stderr } = await slipway(["services"], { env: { SLIPWAY_HOME: file } })
    expect(stderr).toContain("SLIPWAY_HOME cannot be used: ")
    expect(stderr).toContain("Point SLIPWAY_HOME at a folder that may be written.")
    expect(exitCode).toBe(2)
  })

  test("of another user is refused", async () => {
    const [home, repository] = [temporaryFolder(), twoServices()]
    chmodSync(home, 0o555)
    chmodSync(repository, 0o755)
    await slipway(["version"]) // compiled
    const run = [launcher, "services", "-C", repository]
    const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", ...run]
    const [program = "", ...args] = process.getuid?.() === 0 ? asNobody : run
    const { exitCode, stderr } = await command(program, args, { env: { SLIPWAY_HOME: home } })
    expect(stderr).toBe(
      `SLIPWAY_HOME cannot be used: ${home} belongs to another user.\nPoint SLIPWAY_HOME at a folder that may be written.`,
    )
    expect(exitCode).toBe(2)
  })
})

test("a failure of Slipway itself is told as our bug, with its stack and exit code 70", async () => {
  const sabotage = "data:text/javascript,process.stdout.write = () => { throw new TypeError('sabotage') }"
  const { exitCode, stdout, stderr } = await slipway(["services", "-C", twoServices()], {
    env: { NODE_OPTIONS: `--import "${sabotage}"` },
  })
  expect(stderr).toMatch(/^Slipway itself failed; this is our bug:\nTypeError: sabotage\n {4}at /)
  expect({ exitCode, stdout }).toEqual({ exitCode: 70, stdout: "" })
})

test("a failure outside of any promise is told the same way", async () => {
  // As soon as somebody listens, however slow the machine is.
  const listens = "process.listenerCount('uncaughtException') > 0"
  const sabotage = `data:text/javascript,setInterval(() => { if (${listens}) throw new TypeError('sabotage') }, 1)`
  const { exitCode, stderr } = await slipway(["services", "-C", twoServices()], {
    env: { NODE_OPTIONS: `--import "${sabotage}"` },
  })
  expect(stderr).toMatch(/^Slipway itself failed; this is our bug:\nTypeError: sabotage\n/)
  expect(exitCode).toBe(70)
})

describe("standard output", () => {
  const shell = (line: string) => command("bash", ["-o", "pipefail", "-c", line], { cwd: checkout })

  test("may be closed early", async () => {
    const { exitCode, stderr } = await shell("./slipway config catalog | head -n 1")
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
  })

  test("on a full disk is a failure", async () => {
    const { exitCode, stderr } = await shell("./slipway services > /dev/full")
    expect(stderr).toBe("Standard output cannot be written: ENOSPC: no space left on device, write")
    expect(exitCode).toBe(1)
  })
})
