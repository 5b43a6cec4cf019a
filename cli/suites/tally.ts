/** How many tests a suite ran and how they ended. One that did not run counts as failed. */
export interface Tally {
  readonly passed: number
  readonly failed: number
}

/** The sum of tallies. */
export function total(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
  }
}

/** A command that is one test: it ends with 0 or not. */
export function single(exitCode: number | undefined): Tally {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Never lets a command that failed pass for a success, even when no test of it is known to have failed. */
export function honest(tally: Tally, exitCode: number | undefined): Tally {
  const ran = tally.passed + tally.failed > 0
  return ran && (exitCode === 0 || tally.failed > 0) ? tally : { ...tally, failed: tally.failed + 1 }
}

/** A tally in words, as the last line of `slipway test` has it. */
export function describeTally({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`
}
