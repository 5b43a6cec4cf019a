import { readFileSync, rmSync } from "node:fs"
import { z } from "zod"
import { honest, type Tally } from "./tally.js"

const report = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
})

/** Arguments with which vitest shows its tests and writes a report of them to `file`. An old report goes. */
export function reportTo(file: string): string[] {
  rmSync(file, { force: true })
  return ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`]
}

/** Counts the tests of a run. A skipped test and a file that could not be loaded count as failed. */
export function readReport(file: string, exitCode: number | undefined): Tally {
  try {
    const { numPassedTests, testResults } = report.parse(JSON.parse(readFileSync(file, "utf8")))
    const notPassed = testResults.map(
      ({ status, assertionResults }) =>
        assertionResults.filter((test) => test.status !== "passed").length || (status === "passed" ? 0 : 1),
    )
    return honest(
      { passed: numPassedTests, failed: notPassed.reduce((sum, count) => sum + count, 0) },
      exitCode,
    )
  } catch {
    return honest({ passed: 0, failed: 0 }, exitCode) // vitest ended before it could write
  }
}
