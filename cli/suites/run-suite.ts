import { execa } from "execa"
import { existsSync, mkdirSync, readdirSync } from "node:fs"
import { basename, join } from "node:path"
import { goEnvironment } from "../../engine/go-environment.js"
import type { Home } from "../../engine/home.js"
import { readGoReport } from "./go.js"
import { single, total, type Tally } from "./tally.js"
import { readReport, reportTo } from "./vitest.js"

/** The suites in the order in which they run: the cheap ones first. */
export const suites = ["check", "unit", "services", "cli", "engine", "languages"] as const
export type Suite = (typeof suites)[number]

/** Those that run only when they are named: they build a service for each package manager of each language. */
export const onlyNamed: readonly Suite[] = ["languages"]

/** Where suites run. */
export interface SuiteScope {
  /** Slipway's own checkout. */
  readonly project: string
  readonly home: Home
}

/** Runs one suite; its tests print to this terminal. */
export function runSuite(suite: Suite, scope: SuiteScope): Promise<Tally> {
  switch (suite) {
    case "check":
      return check(scope)
    case "services":
      return services(scope)
    default:
      return vitest(suite, scope)
  }
}

/** Types, lint, format and unused code: one test. */
async function check({ project }: SuiteScope): Promise<Tally> {
  const { exitCode } = await execa("npm", ["run", "--silent", "check"], inherit(project))
  return single(exitCode)
}

async function vitest(name: string, { project }: SuiteScope): Promise<Tally> {
  const report = join(reportFolder(project), `${name}.json`)
  const program = join(project, "node_modules", "vitest", "vitest.mjs")
  const args = [program, "run", "--project", name, ...reportTo(report)]
  const { exitCode } = await execa(process.execPath, args, inherit(project))
  return readReport(report, exitCode)
}

/** Slipway's own programs that run in images. */
const programs = ["ci/core/recipe/static/server"]

/** The own tests of the sample services, their libraries and programs, by the tools that their languages have. */
async function services({ project, home }: SuiteScope): Promise<Tally> {
  const tallies: Tally[] = []
  const sample = ["libs", "services"].flatMap((parent) => foldersIn(join(project, parent)))
  for (const folder of [...sample, ...programs.map((path) => join(project, path))]) {
    const name = basename(folder)
    if (existsSync(join(folder, "go.mod"))) tallies.push(await testGo(folder, home))
    if (existsSync(join(folder, "package.json"))) {
      tallies.push(await testNode(folder, home, join(reportFolder(project), `${name}.json`)))
    }
  }
  return total(tallies)
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

function inherit(cwd: string) {
  return { cwd, stdio: ["ignore", "inherit", "inherit"], reject: false } as const
}

function reportFolder(project: string): string {
  const folder = join(project, ".slipway", "test")
  mkdirSync(folder, { recursive: true })
  return folder
}
