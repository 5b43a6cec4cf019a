import { execa } from "execa"
import { existsSync, readdirSync } from "node:fs"
import { basename, join, relative } from "node:path"
import { goEnvironment } from "../../engine/go-environment.js"
import type { Home } from "../../engine/home.js"
import { inherit, reportFolder, type SuiteScope } from "./scope.js"
import { readGoReport } from "./go.js"
import { languageTests } from "./languages.js"
import { single, total, type Tally } from "./tally.js"
import { readReport, reportTo } from "./vitest.js"

/** Where the sample services and their libraries are. */
const sample = ["libs", "services"]

/** Slipway's own programs that run in images. */
const programs = ["ci/core/recipe/static/server"]

/**
 * The own tests of the sample services, their libraries and programs: Go and Node, which Slipway itself needs, on this
 * machine, the other languages in the toolchains that build them.
 */
export async function testServices(scope: SuiteScope): Promise<Tally> {
  const { project, home } = scope
  const folders = [
    ...sample.flatMap((parent) => foldersIn(join(project, parent))),
    ...programs.map((path) => join(project, path)),
  ]
  const tallies: Tally[] = []
  for (const folder of folders) {
    if (existsSync(join(folder, "go.mod"))) tallies.push(await testGo(folder, home))
    if (existsSync(join(folder, "package.json")))
      tallies.push(await testNode(folder, home, join(reportFolder(project), `${basename(folder)}.json`)))
  }
  const others = folders.flatMap((folder) =>
    languageTests
      .filter((tests) => existsSync(join(folder, tests.project)))
      .map((tests) => ({ folder: relative(project, folder), tests })),
  )
  const { testInToolchains } = await import("./toolchain-tests.js")
  return total([...tallies, await testInToolchains(others, { ...scope, parts: sample })])
}

function foldersIn(parent: string): readonly string[] {
  return readdirSync(parent)
    .sort()
    .map((name) => join(parent, name))
}

async function testGo(folder: string, home: Home): Promise<Tally> {
  const args = ["test", "-count=1", "-json", "./..."]
  const done = await execa("go", args, {
    cwd: folder,
    env: goEnvironment(home),
    reject: false,
    stderr: "inherit",
  })
  const { tally, text } = readGoReport(done.stdout, done.exitCode)
  process.stdout.write(text)
  return tally
}

async function testNode(folder: string, home: Home, report: string): Promise<Tally> {
  const options = { ...inherit(folder), env: { npm_config_cache: join(home.cache, "npm") } }
  const installed = await execa("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], options)
  if (installed.exitCode !== 0) return single(installed.exitCode)
  const { exitCode } = await execa("npm", ["test", "--silent", "--", ...reportTo(report)], options)
  return readReport(report, exitCode)
}
