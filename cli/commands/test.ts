import { execa } from "execa"
import type { CommandRun } from "../commands.js"

/** `slipway test [SUITE …]`: the project's whole test suite, or the named parts of it. */
export async function test({ project, words }: CommandRun): Promise<number> {
  const suites = words.flatMap((suite) => ["--project", suite])
  const { exitCode } = await execa("npx", ["--no-install", "vitest", "run", ...suites], {
    cwd: project,
    stdio: "inherit",
    reject: false,
  })
  return exitCode ?? 1
}
