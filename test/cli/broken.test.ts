import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { slipway } from "./helpers/cli.js"

const broken = join(import.meta.dirname, "../fixtures/broken")

test.concurrent.for(readdirSync(broken))(
  "%s is refused with its text and exit code 2",
  async (name, { expect }) => {
    const directory = join(broken, name, "repository")
    const { exitCode, stdout, stderr } = await slipway([
      "build",
      "--registry",
      "127.0.0.1:1",
      "-C",
      directory,
    ])
    const typed = `${stderr}\n`.replaceAll(`./slipway -C ${directory} `, "./slipway ")
    expect(typed).toBe(readFileSync(join(broken, name, "expected.txt"), "utf8"))
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" })
  },
)

test("there are broken repositories to refuse", () => {
  expect(readdirSync(broken).length).toBeGreaterThan(30)
})
