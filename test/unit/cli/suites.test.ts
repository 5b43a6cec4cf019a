import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { readGoReport } from "../../../cli/suites/go.js"
import { single, total } from "../../../cli/suites/tally.js"
import { readReport, reportTo } from "../../../cli/suites/vitest.js"
import { temporaryFolder } from "../helpers/repository.js"

describe("vitest", () => {
  function count(exitCode: number, ...files: { status: string; tests: string[] }[]) {
    const file = join(temporaryFolder(), "report.json")
    const testResults = files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((each) => ({ status: each })),
    }))
    const numPassedTests = files.flatMap(({ tests }) => tests).filter((each) => each === "passed").length
    writeFileSync(file, JSON.stringify({ numPassedTests, testResults }))
    return readReport(file, exitCode)
  }

  test("counts what passed and what failed", () => {
    const files = [
      { status: "failed", tests: ["passed", "failed", "passed"] },
      { status: "passed", tests: ["passed"] },
    ]
    expect(count(1, ...files)).toEqual({ passed: 3, failed: 1 })
  })

  test("a skipped test is no success", () => {
    const tests = ["passed", "skipped", "todo", "pending"]
    expect(count(0, { status: "passed", tests })).toEqual({ passed: 1, failed: 3 })
  })

  test("a file that could not be loaded is a failure", () => {
    const files = [
      { status: "failed", tests: [] },
      { status: "passed", tests: ["passed"] },
    ]
    expect(count(1, ...files)).toEqual({ passed: 1, failed: 1 })
  })

  test("a run that ends badly though every test passed is a failure", () => {
    expect(count(1, { status: "passed", tests: ["passed"] })).toEqual({ passed: 1, failed: 1 })
  })

  test("no tests, and no report, are failures", () => {
    expect(count(0)).toEqual({ passed: 0, failed: 1 })
    expect(readReport(join(temporaryFolder(), "absent.json"), 0)).toEqual({ passed: 0, failed: 1 })
  })

  test("a report of yesterday is not read", () => {
    const file = join(temporaryFolder(), "report.json")
    writeFileSync(file, JSON.stringify({ numPassedTests: 7, testResults: [] }))
    reportTo(file)
    expect(readReport(file, 0)).toEqual({ passed: 0, failed: 1 })
  })
})

describe("go test", () => {
  const line = (Action: string, Test?: string, Output?: string) => JSON.stringify({ Action, Test, Output })

  test("counts tests, and shows packages and what failing tests printed", () => {
    const output = [
      line("output", "TestGood", "good says\n"),
      line("pass", "TestGood"),
      line("output", "TestBad", "bad says\n"),
      line("fail", "TestBad"),
      line("output", undefined, "FAIL shop\n"),
      line("fail"),
    ].join("\n")
    expect(readGoReport(output, 1)).toEqual({
      tally: { passed: 1, failed: 1 },
      text: "bad says\nFAIL shop\n",
    })
  })

  test("a package that does not compile is a failure", () => {
    expect(readGoReport(line("fail"), 1).tally).toEqual({ passed: 0, failed: 1 })
  })

  test("a skipped test is no success", () => {
    const output = [line("pass", "TestGood"), line("skip", "TestIdle")].join("\n")
    expect(readGoReport(output, 0).tally).toEqual({ passed: 1, failed: 1 })
  })
})

test("a command is one test", () => {
  expect(total([single(0), single(2), single(undefined)])).toEqual({ passed: 1, failed: 2 })
})
