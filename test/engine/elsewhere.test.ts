import { execa } from "execa"
import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, expect, inject, test } from "vitest"
import { makeElsewhere } from "../helpers/elsewhere.js"
import { folderOfFile } from "../helpers/folders.js"
import { serveGit } from "../helpers/git-server.js"
import { readArchive } from "../helpers/images.js"
import { build, call, checkout, slipway, status, type Built } from "../helpers/slipway.js"

const home = inject("firstHome")
const folder = folderOfFile()
const repository = join(folder, "repository")
let cli: Built

beforeAll(async () => {
  await makeElsewhere(repository)
  cli = await build(["-C", repository], { home })
  expect(cli.exitCode, cli.stderr).toBe(0)
})

/** Makes another repository with the same services whose Slipway is named otherwise. */
async function repositoryWith(name: string, blueprint: string): Promise<string> {
  const root = join(folder, name)
  await makeElsewhere(root)
  const file = join(root, "dagger.json")
  const config = JSON.parse(readFileSync(file, "utf8"))
  writeFileSync(file, JSON.stringify({ ...config, blueprint: { source: blueprint } }))
  return root
}

test("with Slipway as its blueprint, dagger call sees the repository's own services", async () => {
  expect(await call(["services"], { home, cwd: repository })).toBe("greeter")
})

test("the blueprint and slipway -C give one key and one digest", async () => {
  const { key, digest } = cli.targets["greeter"] ?? {}
  expect(await call(["key", "--service", "greeter"], { home, cwd: repository })).toBe(key)
  const file = join(folder, "greeter.tar")
  await call(["image", "--service", "greeter", "export", "--path", file], { home, cwd: repository })
  expect((await readArchive(file)).digest).toBe(digest)
})

test("a blueprint by its git address does the same", async () => {
  const { registry } = await status(home)
  const host = registry.address?.split(":")[0] ?? ""
  await commitSlipway(join(folder, "git", "slipway"))
  await serveGit(join(folder, "git"), host)
  const root = await repositoryWith("by-address", `http://${host}/slipway/.git@main`)
  expect(await call(["key", "--service", "greeter"], { home, cwd: root })).toBe(cli.targets["greeter"]?.key)
})

/** What a clone of Slipway has of the module, as it is now. */
async function commitSlipway(root: string): Promise<void> {
  const isMade = (path: string) => /\/(node_modules|sdk|\.slipway)$/.test(path)
  for (const path of ["ci", "dagger.json"]) {
    cpSync(join(checkout, path), join(root, path), { recursive: true, filter: (from) => !isMade(from) })
  }
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=test", "-c", "user.email=test@localhost", ...args], { cwd: root })
  await git("init", "--quiet", "--initial-branch=main")
  await git("add", ".")
  await git("commit", "--quiet", "--message=Slipway")
}

test("a blueprint outside the repository is refused, as the example's README says", async () => {
  const root = await repositoryWith("outside", "../repository/tools/slipway")
  const { exitCode, stderr } = await slipway(["dagger", "call", "services"], { home, cwd: root })
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain("escapes context")
})
