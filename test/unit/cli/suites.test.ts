import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { readGoReport } from "../../../cli/suites/go.js"
import { readCargoTests, readPytest, readSurefire } from "../../../cli/suites/languages.js"
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

describe("cargo test", () => {
  const line = (passed: number, failed: number, ignored: number) =>
    `running 9 tests\ntest result: ${failed > 0 ? "FAILED" : "ok"}. ${passed} passed; ${failed} failed; ${ignored} ignored; 0 measured; 0 filtered out; finished in 0.01s\n`

  test("counts the tests of all programs; an ignored one is no success", () => {
    expect(readCargoTests(line(9, 0, 0) + line(2, 0, 1), 0)).toEqual({ passed: 11, failed: 1 })
    expect(readCargoTests(line(9, 2, 0), 101)).toEqual({ passed: 9, failed: 2 })
  })

  test("what does not compile, and no tests, are failures", () => {
    expect(readCargoTests("error[E0425]: cannot find value\n", 101)).toEqual({ passed: 0, failed: 1 })
    expect(readCargoTests(line(0, 0, 0), 0)).toEqual({ passed: 0, failed: 1 })
  })
})

describe("pytest", () => {
  test.each([
    ["13 passed in 1.23s", 0, { passed: 13, failed: 0 }],
    ["13 passed, 2 warnings in 1.23s", 0, { passed: 13, failed: 0 }],
    ["===== 1 failed, 12 passed, 1 skipped, 1 error in 1.23s =====", 1, { passed: 12, failed: 3 }],
    ["no tests ran in 0.01s", 5, { passed: 0, failed: 1 }],
    ["error: the lockfile needs to be updated", 2, { passed: 0, failed: 1 }],
  ])("%s", (last, exitCode, tally) => {
    expect(readPytest(`....... [100%]\n${last}\n`, exitCode)).toEqual(tally)
  })
})

describe("Maven", () => {
  const line = (run: number, failures: number, errors: number, skipped: number, more = "") =>
    `[INFO] Tests run: ${run}, Failures: ${failures}, Errors: ${errors}, Skipped: ${skipped}${more}\n`

  test("counts the sum of each module, not its classes; a skipped test is no success", () => {
    const classes =
      line(2, 0, 0, 0, ", Time elapsed: 0.1 s -- in ATest") +
      line(4, 1, 1, 1, ", Time elapsed: 0.1 s -- in BTest")
    expect(readSurefire(classes + line(6, 1, 1, 1), 1)).toEqual({ passed: 3, failed: 3 })
    expect(readSurefire(line(6, 0, 0, 0) + line(11, 0, 0, 0), 0)).toEqual({ passed: 17, failed: 0 })
  })

  test("what does not compile, and no tests, are failures", () => {
    expect(readSurefire("[ERROR] COMPILATION ERROR :\n", 1)).toEqual({ passed: 0, failed: 1 })
    expect(readSurefire("[INFO] No tests to run.\n", 0)).toEqual({ passed: 0, failed: 1 })
  })

  test("a later module that does not compile is a failure", () => {
    expect(readSurefire(line(6, 0, 0, 0), 1)).toEqual({ passed: 6, failed: 1 })
  })
})

test("a command is one test", () => {
  expect(total([single(0), single(2), single(undefined)])).toEqual({ passed: 1, failed: 2 })
})
