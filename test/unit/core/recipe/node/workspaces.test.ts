import { execa } from "execa"
import { cpSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { builtInLock } from "../../../../../ci/core/lock/built-in.js"
import type { Target } from "../../../../../ci/io/load-target.js"
import { loadAll } from "../../../helpers/load.js"
import { temporaryFolder } from "../../../helpers/repository.js"

const workspaces = join(import.meta.dirname, "../../../../fixtures/workspaces")
const formats = ["npm", "pnpm", "yarn1", "yarn4"]

/** A workspace made by the real tool, and the same after a dependency of billing has moved. */
function workspace(format: string, isBumped = false): string {
  const root = temporaryFolder()
  cpSync(join(workspaces, format, "repository"), root, { recursive: true })
  if (isBumped) cpSync(join(workspaces, format, "bumped"), root, { recursive: true })
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

  test("a bump of one service's dependency changes its key, and no other's", async () => {
    const before = await targetsOf(workspace(format))
    const after = await targetsOf(workspace(format, true))
    expect(after["mail"]?.key).toBe(before["mail"]?.key)
    expect(after["billing"]?.key).not.toBe(before["billing"]?.key)
  })

  test("the slice holds what is reached: to build also development packages, to run only the others", async () => {
    const { mail } = await targetsOf(workspace(format))
    const build = installed(mail, "build")[lock]
    const runtime = installed(mail, "runtime")[lock]
    for (const name of ["is-number", "kleur"]) {
      expect(build).toMatch(new RegExp(`${name}\\b`))
      expect(runtime).toMatch(new RegExp(`${name}\\b`))
    }
    for (const name of ["mkdirp", "semver"]) {
      expect(build).toMatch(new RegExp(`${name}\\b`))
      expect(runtime).not.toMatch(new RegExp(`${name}\\b`))
    }
    expect(`${build}${runtime}`).not.toMatch(/left-pad|\bms\b|billing|unused/)
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

/** Names and versions in what `npm ls --json` prints, or what stands for it. */
function flatten(tree: { readonly dependencies?: Record<string, object> }): readonly string[] {
  return Object.entries(tree.dependencies ?? {}).flatMap(([name, inner]) => {
    const { version } = inner as { version?: string }
    return [`${name}@${version}`, ...flatten(inner)]
  })
}

describe("npm itself agrees with the slice", () => {
  test.each([
    { service: "mail", purpose: "runtime", packages: ["is-number@7.0.0", "kleur@4.1.5"] },
    {
      service: "mail",
      purpose: "build",
      packages: ["is-number@7.0.0", "kleur@4.1.5", "mkdirp@3.0.1", "semver"],
    },
    { service: "billing", purpose: "runtime", packages: ["is-number@7.0.0", "ms@2.1.2"] },
  ] as const)("$service, to $purpose", async ({ service, purpose, packages }) => {
    const targets = await targetsOf(workspace("npm"))
    const root = temporaryFolder()
    for (const [path, text] of Object.entries(installed(targets[service], purpose))) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const { stdout } = await execa("npm", ["ls", "--all", "--json", "--package-lock-only"], { cwd: root })
    const found = new Set(flatten(JSON.parse(stdout)).filter((each) => !each.startsWith("@acme/")))
    expect([...found].sort()).toEqual(
      packages.map((each) => (each === "semver" ? expect.stringMatching(/^semver@7/) : each)),
    )
  })
})
