import { openHome } from "../../engine/home.js"
import { didYouMean } from "../../ci/core/suggest.js"
import type { CommandRun } from "../commands.js"
import { columns, duration } from "../output/format.js"
import { onlyNamed, runSuite, suites, type Suite } from "../suites/run-suite.js"
import { describeTally, total, type Tally } from "../suites/tally.js"
import { exitCodes, UserError } from "../user-error.js"

/**
 * `slipway test [SUITE …]`: the project's whole test suite, or the named parts of it. The last line is
 * `N passed, N failed`; nothing that ran is a failure, too.
 */
export async function test({ project, words }: CommandRun): Promise<number> {
  const wanted = words.map(suiteOf)
  const scope = { project, home: openHome(process.env) }
  const tallies: Tally[] = []
  const rows: string[][] = []
  for (const suite of suites.filter(isWanted(wanted))) {
    process.stdout.write(`\n── ${suite}\n`)
    const begin = performance.now()
    const tally = await runSuite(suite, scope)
    tallies.push(tally)
    rows.push([suite, describeTally(tally), duration((performance.now() - begin) / 1000)])
  }
  const all = total(tallies)
  process.stdout.write(`\n${columns(rows).join("\n")}\n${describeTally(all)}\n`)
  return all.failed === 0 && all.passed > 0 ? exitCodes.done : exitCodes.failed
}

function isWanted(wanted: readonly Suite[]): (suite: Suite) => boolean {
  return (suite) => (wanted.length === 0 ? !onlyNamed.includes(suite) : wanted.includes(suite))
}

function suiteOf(word: string): Suite {
  const suite = suites.find((each) => each === word)
  if (suite) return suite
  throw new UserError(`${word}: no such suite.${didYouMean(word, suites)} One of: ${suites.join(", ")}.`)
}
