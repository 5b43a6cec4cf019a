import { loadTarget, type Target } from "../../ci/io/load-target.js"
import { valuesOf } from "../../ci/core/result.js"
import { reachEngine } from "../engine-access.js"
import { engineSession } from "../engine-session.js"
import { openFleet, pickServices } from "../fleet.js"
import type { LanguageTests } from "./languages.js"
import type { SuiteScope } from "./scope.js"
import { describeTally, total, type Tally } from "./tally.js"
import { runInToolchain, type ToolchainResult } from "./toolchain.js"

/** A project with tests: its folder in the checkout, and how they run. */
export interface TestedProject {
  readonly folder: string
  readonly tests: LanguageTests
}

/** Runs the tests of projects one after another on the engine, each with the toolchain of a service of its language. */
export async function testInToolchains(
  projects: readonly TestedProject[],
  { project: root, parts }: SuiteScope & { readonly parts: readonly string[] },
): Promise<Tally> {
  const targets = await testingTargets(root)
  const { variables } = await reachEngine(root, { live: false, quiet: false, verbose: false })
  Object.assign(process.env, variables)
  const tallies: Tally[] = []
  await engineSession(async () => {
    for (const { folder, tests } of projects) {
      const target = toolchainOwner(folder, tests, targets)
      const run = { root, parts, folder, script: tests.script, caches: tests.caches ?? [] }
      const { output, exitCode } = target
        ? await runInToolchain({ target, ...run }).catch(withoutToolchain)
        : withoutToolchain(`there is no service in ${tests.language} that is built with it`)
      const tally = tests.read(output, exitCode)
      process.stdout.write(`${tally.failed > 0 ? output : ""}${folder}  ${describeTally(tally)}\n`)
      tallies.push(tally)
    }
  })
  return total(tallies)
}

async function testingTargets(root: string): Promise<readonly Target[]> {
  const fleet = await openFleet({ directory: root }, "nothing was tested")
  const { platform } = fleet.fleet.defaults
  const loaded = pickServices(fleet, []).map((service) =>
    loadTarget(fleet, service, { environment: "testing", platform }),
  )
  return valuesOf(await Promise.all(loaded))
}

/** The service of a folder, else one that uses it, else any of its language. */
function toolchainOwner(
  folder: string,
  { language }: LanguageTests,
  targets: readonly Target[],
): Target | undefined {
  const same = targets.filter(({ resolved }) => resolved.language === language)
  return (
    same.find(({ resolved }) => resolved.folder === folder) ??
    same.find(({ resolved }) => resolved.uses.includes(folder)) ??
    same[0]
  )
}

/** A toolchain that is not there or cannot be made; the other projects go on. */
function withoutToolchain(reason: unknown): ToolchainResult {
  const why = reason instanceof Error ? reason.message : String(reason)
  return { output: `Its tests cannot run without a toolchain: ${why}\n`, exitCode: 1 }
}
