import { execa } from "execa"
import { join } from "node:path"
import { inherit, reportFolder, type SuiteScope } from "./scope.js"
import { testServices } from "./services.js"
import { single, type Tally } from "./tally.js"
import { readReport, reportTo } from "./vitest.js"

/** The suites in the order in which they run: those without an engine first. */
export const suites = ["check", "unit", "cli", "services", "tools", "engine", "languages"] as const
export type Suite = (typeof suites)[number]

/** Those that run only when they are named: they build a service for each package manager of each language. */
export const onlyNamed: readonly Suite[] = ["languages"]

/** Runs one suite; its tests print to this terminal. */
export function runSuite(suite: Suite, scope: SuiteScope): Promise<Tally> {
  switch (suite) {
    case "check":
      return check(scope)
    case "services":
      return testServices(scope)
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
