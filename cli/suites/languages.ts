import { runMaven } from "../../ci/core/recipe/java/maven.js"
import type { Language } from "../../ci/core/ids.js"
import { honest, type Tally } from "./tally.js"

/** How projects of a language are tested with the toolchain that builds its services. */
export interface LanguageTests {
  readonly language: Language
  /** The file that a project has. */
  readonly project: string
  readonly script: readonly string[]
  /** Folders with what was compiled, which stay for the next run. */
  readonly caches?: readonly string[]
  readonly read: (output: string, exitCode: number) => Tally
}

/** The languages whose tools the machine need not have. */
export const languageTests: readonly LanguageTests[] = [
  {
    language: "rust",
    project: "Cargo.toml",
    script: ["cargo test --locked --quiet"],
    caches: ["/target"],
    read: readCargoTests,
  },
  {
    language: "python",
    project: "pyproject.toml",
    script: ["export UV_PROJECT_ENVIRONMENT=/tmp/environment", "uv run --locked --quiet pytest -q"],
    read: readPytest,
  },
  {
    language: "java",
    project: "pom.xml",
    script: runMaven(["--batch-mode", "--no-transfer-progress", "-Dstyle.color=never", "test"]),
    read: readSurefire,
  },
]

/** Counts what `cargo test` said, one line for each program with tests. An ignored test counts as failed. */
export function readCargoTests(output: string, exitCode: number | undefined): Tally {
  const results = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm)]
  return sum(results, exitCode, ([passed = 0, failed = 0, ignored = 0]) => [passed, failed + ignored])
}

/** Counts what pytest said at its end. Whatever is not passed counts as failed, but warnings. */
export function readPytest(output: string, exitCode: number | undefined): Tally {
  const last = /^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s/m.exec(output)?.[1] ?? ""
  const counts = [...last.matchAll(/(\d+) ([a-z]+)/g)].filter(([, , what]) => !what?.startsWith("warning"))
  const passed = counts.filter(([, , what]) => what === "passed")
  const total = (some: typeof counts) => some.reduce((all, [, count]) => all + Number(count), 0)
  return honest({ passed: total(passed), failed: total(counts) - total(passed) }, exitCode)
}

/** Counts what Maven's surefire said of each module. A skipped test counts as failed. */
export function readSurefire(output: string, exitCode: number | undefined): Tally {
  const results = [...output.matchAll(/Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)$/gm)]
  return sum(results, exitCode, ([run = 0, failures = 0, errors = 0, skipped = 0]) => {
    const failed = failures + errors + skipped
    return [run - failed, failed]
  })
}

function sum(
  lines: readonly RegExpMatchArray[],
  exitCode: number | undefined,
  count: (numbers: readonly number[]) => readonly [passed: number, failed: number],
): Tally {
  const counts = lines.map(([, ...numbers]) => count(numbers.map(Number)))
  const [passed, failed] = [0, 1].map((index) => counts.reduce((all, each) => all + (each[index] ?? 0), 0))
  return honest({ passed: passed ?? 0, failed: failed ?? 0 }, exitCode)
}
