import { cpSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { builtInLock } from "../../../../../ci/core/lock/built-in.js"
import type { Target } from "../../../../../ci/io/load-target.js"
import { loadAll } from "../../../helpers/load.js"
import { temporaryFolder } from "../../../helpers/repository.js"

const workspaces = join(import.meta.dirname, "../../../../fixtures/workspaces")
const formats = ["npm", "pnpm", "yarn1", "yarn4"]

/** A workspace made by the real tool. */
function workspace(format: string): string {
  const root = temporaryFolder()
  cpSync(join(workspaces, format, "repository"), root, { recursive: true })
  return root
}

async function targetsOf(root: string): Promise<Readonly<Record<string, Target>>> {
  const { targets, problems } = await loadAll(root, { baseLock: builtInLock })
  expect(problems).toEqual([])
  return Object.fromEntries(targets.map((target) => [target.service, target]))
}

/** The files of an install, by path. */
function installed(
  target: Target | undefined,
  purpose: "build" | "runtime",
): Readonly<Record<string, string>> {
  const folder = `.slipway/node/${purpose}-services-${target?.service}/`
  const files = target?.inputs.filter(({ path }) => path.startsWith(folder)) ?? []
  return Object.fromEntries(files.map(({ path, text = "" }) => [path.slice(folder.length), text]))
}

const locks: Readonly<Record<string, string>> = {
  npm: "package-lock.json",
  pnpm: "pnpm-lock.yaml",
  yarn1: "yarn.lock",
  yarn4: "yarn.lock",
}

describe.each(formats)("a workspace of %s", (format) => {
  const lock = locks[format] ?? ""

  test("a service uses the root's files and the members that it reaches, never the others", async () => {
    const { billing, mail } = await targetsOf(workspace(format))
    for (const target of [billing, mail]) {
      expect(target?.resolved.uses).toContain("libs/money")
      expect(target?.resolved.uses).toContain(lock)
      expect(target?.inputs.map(({ path }) => path).filter((path) => path.includes("unused"))).toEqual([])
    }
    expect(billing?.inputs.some(({ path }) => path.startsWith("services/mail/"))).toBe(false)
  })

  test("shared code is built before the service, and only it: an install sees no scripts", async () => {
    const { mail } = await targetsOf(workspace(format))
    const builder = mail?.recipe.stages.find(({ name }) => name === "builder")
    const commands = builder?.steps.flatMap((step) =>
      step.do === "run" ? [step.name] : step.do === "workdir" ? [step.path] : [],
    )
    const program = format.replace(/\d$/, "")
    expect(commands?.slice(commands.indexOf("/src/libs/money"))).toEqual([
      "/src/libs/money",
      `${program} run build`,
      "collect service",
      "carry changed packages",
    ])
    expect(JSON.stringify(installed(mail, "build"))).not.toContain("scripts")
  })

  test("the image has the repository's layout, and starts in the service's folder", async () => {
    const { mail } = await targetsOf(workspace(format))
    const { Entrypoint, WorkingDir } = mail?.recipe.config.config ?? {}
    expect(Entrypoint).toEqual(["/usr/local/bin/node", "/app/services/mail/src/server.js"])
    expect(WorkingDir).toBe("/app/services/mail")
  })
})
