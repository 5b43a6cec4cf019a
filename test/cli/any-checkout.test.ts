import { execa } from "execa"
import { cpSync, rmSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { fleetFiles } from "../../bench/fleet/fleet-files.js"
import { repository, temporaryFolder } from "../unit/helpers/repository.js"
import { slipway } from "./helpers/cli.js"
import { keyTags } from "./helpers/keys.js"
import { publishTiny, registryProgram, startRegistry } from "./helpers/registry.js"
import { twoServices } from "./helpers/two-services.js"

const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"]
const git = (cwd: string, ...args: readonly string[]) => execa("git", [...identity, ...args], { cwd })

/** Publishes every target of a repository, and says how `slipway build` of any folder ends. */
async function publishedAs(root: string) {
  const registry = await startRegistry()
  for (const [service, tag] of Object.entries(await keyTags(root)))
    await publishTiny(registry, service, [tag], service)
  return (folder: string, cwd = folder) => slipway(["build", "--registry", registry, "-C", folder], { cwd })
}

describe.skipIf(registryProgram === undefined)("what is published is found from any checkout", () => {
  test("a worktree, a shallow clone, a submodule, a copy without git, a link to it", async () => {
    const root = twoServices()
    const build = await publishedAs(root)
    await git(root, "init", "--quiet")
    await git(root, "add", "-A")
    await git(root, "commit", "--quiet", "-m", "one")
    await git(root, "commit", "--quiet", "--allow-empty", "-m", "two")
    const place = join(temporaryFolder(), "mit Räumen")
    await git(root, "worktree", "add", "--quiet", join(place, "worktree"))
    await git(root, "clone", "--quiet", "--depth", "1", `file://${root}`, join(place, "shallow"))
    await git(place, "init", "--quiet", "outer")
    await git(join(place, "outer"), "submodule", "--quiet", "add", `file://${root}`, "inner")
    cpSync(root, join(place, "copy"), { recursive: true })
    rmSync(join(place, "copy", ".git"), { recursive: true })
    symlinkSync("copy", join(place, "link"))
    for (const folder of ["worktree", "shallow", "outer/inner", "copy", "link"]) {
      const { stderr, exitCode } = await build(join(place, folder))
      expect(stderr, folder).toMatch(/^Everything is published: 2 of 2 targets/)
      expect(exitCode, folder).toBe(0)
    }
  })

  test("thirty services of a generated fleet, in a second or two", async () => {
    const languages = ["go", "static", "node", "python", "rust", "java"] as const
    const root = repository(fleetFiles({ seed: 3, count: 30, layout: "one", languages }))
    const build = await publishedAs(root)
    await build(root) // learns the hashes
    const { stderr, seconds } = await build(root)
    expect(stderr).toMatch(/^Everything is published: 30 of 30 targets/)
    expect(seconds).toBeLessThan(10)
  })
})
