import { Listr } from "listr2"
import { StepFailure, tail } from "../../ci/src/images/step-failure.js"
import type { Target } from "../../ci/io/load-target.js"
import { bytes, duration, shortDigest } from "../output/format.js"
import { marks, say, type Terminal } from "../output/terminal.js"
import { withEngine, type BuildScope } from "./build-targets.js"
import type { TargetReport } from "./report.js"
import { builtReport, failedReport } from "./target-report.js"

/** What is built, and how it is shown. */
export interface BuildRun extends Omit<BuildScope, "log"> {
  readonly targets: readonly Target[]
  /** How many targets were published already. */
  readonly skipped: number
  readonly parallel: number
  readonly terminal: Terminal
}

/** Builds targets side by side, so many at a time; one that fails leaves the others alone. */
export async function runBuilds(run: BuildRun): Promise<readonly TargetReport[]> {
  const { targets, terminal, parallel } = run
  const begin = performance.now()
  const reports: TargetReport[] = []
  const failures: { target: Target; error: unknown }[] = []
  const layout = lineLayout(targets)
  const log = terminal.verbose ? { log: process.stderr } : {}
  await withEngine({ ...run, ...log }, async (build) => {
    const list = new Listr(
      targets.map((target) => ({
        title: layout.waiting(target),
        task: async (_: unknown, task: { title: string }) => {
          const since = performance.now()
          const seconds = () => (performance.now() - since) / 1000
          let step = "starting"
          const show = () => (task.title = layout.running(target, step, seconds()))
          const ticker = setInterval(show, 1000)
          try {
            const outcome = await build(target, (stage, name) => {
              step = `${stage} · ${name}`
              show()
            })
            const report = builtReport(target, outcome, seconds(), run.store)
            reports.push(report)
            task.title = layout.built(report)
            if (!terminal.live) say(terminal, `${marks.done} ${task.title}`)
          } catch (error) {
            failures.push({ target, error })
            reports.push(failedReport(target, reasonOf(error), seconds()))
            task.title = layout.failed(target, error, seconds())
            if (!terminal.live) say(terminal, `${marks.failed} ${task.title}`)
            throw error
          } finally {
            clearInterval(ticker)
          }
        },
      })),
      {
        concurrent: parallel,
        exitOnError: false,
        collectErrors: false,
        registerSignalListeners: false,
        rendererOptions: { collapseErrors: false, showErrorMessage: false },
        renderer: terminal.live ? "default" : "silent",
        fallbackRendererCondition: false,
      },
    )
    await list.run()
  })
  summarise(run, reports, failures, (performance.now() - begin) / 1000)
  return reports
}

function summarise(
  run: BuildRun,
  reports: readonly TargetReport[],
  failures: readonly { target: Target; error: unknown }[],
  seconds: number,
): void {
  const { terminal, skipped } = run
  const built = reports.filter((report) => report.status === "built")
  const already = skipped > 0 ? `, ${skipped} published already` : ""
  if (failures.length === 0) {
    const pushed = built.reduce((sum, report) => sum + (report.compressedBytes ?? 0), 0)
    say(
      terminal,
      `Built ${built.length} of ${reports.length}${already} in ${duration(seconds)} · ${bytes(pushed)} of images`,
    )
    for (const report of built) say(terminal, `  ${report.image}`)
    return
  }
  say(terminal, `${built.length} built, ${failures.length} failed${already} in ${duration(seconds)}`)
  for (const { target, error } of failures)
    process.stderr.write(`\n${story(target, error, run.fleet.fleet.limits.logTailLines)}\n`)
}

/** What a person needs to know of a failure: where, which command, its last words. */
function story(target: Target, error: unknown, lines: number): string {
  const head = `${target.service} · ${target.environment}`
  if (!(error instanceof StepFailure))
    return `${head}\n  ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  const output = tail(error.output, lines)
    .split("\n")
    .map((line) => `  ${line}`)
  return [`${head} · ${error.place.stage} · ${error.place.step}`, ...output].join("\n")
}

function reasonOf(error: unknown): string {
  if (error instanceof StepFailure)
    return `${error.place.stage} · ${error.place.step} failed with exit code ${error.exitCode}`
  return error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error)
}

/** Lines of targets whose columns align. */
function lineLayout(targets: readonly Target[]) {
  const name = Math.max(...targets.map((target) => target.service.length)) + 3
  const start = (target: Pick<Target, "service"> & { resolved: Pick<Target["resolved"], "language"> }) =>
    `${target.service.padEnd(name)}${target.resolved.language.padEnd(8)}`
  const languages = new Map(targets.map((target) => [target.service as string, start(target)]))
  return {
    waiting: (target: Target) => `${start(target)}waiting`,
    running: (target: Target, step: string, seconds: number) =>
      `${start(target)}${step} · ${duration(seconds)}`,
    failed: (target: Target, error: unknown, seconds: number) =>
      `${start(target)}${reasonOf(error)} after ${duration(seconds)}`,
    built: (report: TargetReport) =>
      [
        `${languages.get(report.service) ?? ""}${duration(report.seconds).padEnd(12)}`,
        bytes(report.uncompressedBytes ?? 0).padEnd(9),
        shortDigest(report.digest ?? ""),
        report.healthySeconds === null ? "" : `   healthy in ${duration(report.healthySeconds)}`,
      ].join(""),
  }
}
