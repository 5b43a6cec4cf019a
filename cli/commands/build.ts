import { publishMissing } from "../build/publish-missing.js"
import type { BuildReport, TargetReport } from "../build/report.js"
import type { CommandRun } from "../commands.js"
import { openFleet } from "../fleet.js"
import { duration } from "../output/format.js"
import { say } from "../output/terminal.js"
import { terminalOf } from "../terminal-of.js"
import { exitCodes } from "../user-error.js"

/** `slipway build [SERVICE …]`: builds what no registry holds yet; with nothing to do, without any engine. */
export async function build(it: CommandRun): Promise<number> {
  const { options, words, started } = it
  const fleet = await openFleet(options, "nothing was built")
  const { reports, missing } = await publishMissing(it, fleet, words)
  const seconds = (performance.now() - started) / 1000
  if (missing === 0) {
    const count = reports.length
    say(
      terminalOf(options),
      `Everything is published: ${count} of ${count} targets (${duration(seconds)}, engine not needed)`,
    )
  }
  return finish({ version: 1, targets: reports, seconds }, options.json === true)
}

function finish(report: BuildReport, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
  return report.targets.some(isFailed) ? exitCodes.failed : exitCodes.done
}

function isFailed(target: TargetReport): boolean {
  return target.status === "failed"
}
