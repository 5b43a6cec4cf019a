import { bytes, duration } from "../output/format.js"
import { say } from "../output/terminal.js"
import { tellFailure, writeStory, type FailedTarget } from "./failure-story.js"
import type { TargetReport } from "./report.js"
import type { BuildRun } from "./run-builds.js"

/** How many images are named one by one; more of them are `--json`'s to name. */
const mostImages = 10

/** What became of a run's targets. */
export interface BuildResult {
  readonly reports: readonly TargetReport[]
  readonly failures: readonly FailedTarget[]
  readonly seconds: number
}

/** Sums a run up; failures come last, each once, with the path of its whole story. */
export function summarise(run: BuildRun, { reports, failures, seconds }: BuildResult): void {
  const { terminal, skipped, fleet } = run
  const built = reports.filter((report) => report.status === "built")
  const already = skipped > 0 ? `, ${skipped} published already` : ""
  if (failures.length === 0) {
    const size = built.reduce((sum, report) => sum + (report.compressedBytes ?? 0), 0)
    say(
      terminal,
      `Built ${built.length} of ${reports.length}${already} in ${duration(seconds)} · ${bytes(size)} of images`,
    )
    for (const report of built.slice(0, mostImages)) say(terminal, `  ${report.image}`)
    if (built.length > mostImages)
      say(terminal, `  … ${built.length - mostImages} more: ./slipway build --json names all`)
    return
  }
  say(terminal, `${built.length} built, ${failures.length} failed${already} in ${duration(seconds)}`)
  const good = built.length + skipped
  if (good > 0) say(terminal, `The other ${good === 1 ? "target is" : `${good} targets are`} published.`)
  for (const failed of failures) {
    const file = writeStory(fleet.root, failed)
    process.stderr.write(`\n${tellFailure(failed, file, fleet.fleet.limits.logTailLines)}\n`)
  }
}
