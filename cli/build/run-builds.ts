import { setTimeout as sleep } from "node:timers/promises"
import { Listr, SilentRenderer } from "listr2"
import { StepFailure, type StepPlace } from "../../ci/src/images/step-failure.js"
import type { Target } from "../../ci/io/load-target.js"
import { Interrupted, unlessAborted } from "../interruption.js"
import { duration } from "../output/format.js"
import { LiveRenderer } from "../output/live-renderer.js"
import { marks, say, type Terminal } from "../output/terminal.js"
import { withEngine, type BuildScope, type TargetBuilder } from "./build-targets.js"
import { forgetStory, reasonOf, type FailedTarget } from "./failure-story.js"
import type { TargetReport } from "./report.js"
import { summarise } from "./summary.js"
import { TargetLines } from "./target-lines.js"
import { builtReport, failedReport } from "./target-report.js"

/** Milliseconds in which a signal that reached the whole terminal has reached this process, too. */
const signalDelay = 200

/** What is built, and how it is shown. */
export interface BuildRun extends Omit<BuildScope, "log" | "warn"> {
  readonly targets: readonly Target[]
  /** How many targets were published already. */
  readonly skipped: number
  readonly parallel: number
  readonly terminal: Terminal
  /** Ends the run early; what is published by then stays. */
  readonly signal: AbortSignal
}

/** Builds targets side by side, so many at a time; one that fails leaves the others alone. */
export async function runBuilds(run: BuildRun): Promise<readonly TargetReport[]> {
  const { targets, terminal, parallel, signal } = run
  const begin = performance.now()
  const seconds = () => (performance.now() - begin) / 1000
  const heading = headingOf(targets.length, parallel)
  const reports: TargetReport[] = []
  const failures: FailedTarget[] = []
  const lines = new TargetLines(targets)
  if (!terminal.live) say(terminal, heading)
  try {
    const warn = (text: string) => say(terminal, text)
    const scope = { ...run, warn, ...(terminal.verbose ? { log: process.stderr } : {}) }
    await withEngine(scope, async (build) => {
      const tasks = targets.map((target) => ({
        title: lines.waiting(target),
        task: async (_: unknown, line: { title: string }) => {
          const outcome = await follow({ build, target, line, lines, run })
          reports.push(outcome.report)
          if (!outcome.failed) return
          failures.push(outcome.failed)
          throw outcome.failed.error // marks the line
        },
      }))
      await new Listr(tasks, {
        concurrent: parallel,
        exitOnError: false,
        registerSignalListeners: false,
        renderer: terminal.live ? LiveRenderer : SilentRenderer,
        rendererOptions: { heading: () => heading },
      }).run()
    })
  } catch (error) {
    if (!signal.aborted) throw error
  }
  if (signal.aborted)
    throw interruption(signal.reason as Interrupted, targets.length, { reports, seconds: seconds() })
  summarise(run, { reports, failures, seconds: seconds() })
  return reports
}

interface Following {
  readonly build: TargetBuilder
  readonly target: Target
  /** The line that shows the target. */
  readonly line: { title: string }
  readonly lines: TargetLines
  readonly run: BuildRun
}

/** Builds one target and keeps its line true; a log gets a line when it begins, each minute, and at its end. */
async function follow({ build, target, line, lines, run }: Following) {
  const { terminal, signal, store, fleet } = run
  const begin = performance.now()
  const seconds = () => (performance.now() - begin) / 1000
  let place: StepPlace = { stage: "inputs", step: "reading" }
  const running = () => lines.running(target, `${place.stage} · ${place.step}`, seconds())
  const log = (mark: string, text: string) => {
    if (!terminal.live) say(terminal, `${mark} ${text}`)
  }
  const ticker = terminal.live
    ? setInterval(() => (line.title = running()), 500)
    : setInterval(() => log(marks.begun, running()), 60_000)
  const begun = !signal.aborted
  try {
    signal.throwIfAborted()
    log(marks.begun, lines.begun(target))
    const work = build(target, (stage, step) => (place = { stage, step }))
    const report = builtReport(target, await unlessAborted(work, signal), seconds(), store)
    forgetStory(fleet.root, target)
    line.title = lines.built(target, report)
    log(marks.done, line.title)
    return { report }
  } catch (error) {
    await sleep(signalDelay) // Ctrl-C in a terminal ends the session, too, and its end may be told first
    const failed = {
      target,
      error,
      seconds: seconds(),
      place: error instanceof StepFailure ? error.place : place,
    }
    line.title = signal.aborted
      ? lines.interrupted(target, begun ? failed.seconds : undefined)
      : lines.failed(failed)
    if (!signal.aborted) log(marks.failed, line.title)
    return { report: failedReport(target, reasonOf(failed), failed.seconds), failed }
  } finally {
    clearInterval(ticker)
  }
}

function headingOf(count: number, parallel: number): string {
  if (count === 1) return "Building 1 target"
  return `Building ${count} targets, ${parallel >= count ? "all" : parallel} at a time`
}

function interruption(
  { signal }: Interrupted,
  count: number,
  { reports, seconds }: { readonly reports: readonly TargetReport[]; readonly seconds: number },
): Interrupted {
  const built = reports.filter(({ status }) => status === "built").length
  return new Interrupted(
    signal,
    `Interrupted after ${duration(seconds)}: ${built} of ${count} built and published. The same command builds the rest.`,
  )
}
