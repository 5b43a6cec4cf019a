import { z } from "zod"
import { honest, type Tally } from "./tally.js"

/** One line of `go test -json`; without a test it speaks of a package. */
const event = z.object({ Action: z.string(), Test: z.string().optional(), Output: z.string().optional() })

/** What `go test -json` said. */
export interface GoReport {
  readonly tally: Tally
  /** Lines for a person: those of the packages, before them everything that failing tests printed. */
  readonly text: string
}

/** Reads the output of `go test -json`. A skipped test counts as failed. */
export function readGoReport(output: string, exitCode: number | undefined): GoReport {
  const events = output.split("\n").flatMap((line) => {
    const parsed = event.safeParse(line.startsWith("{") ? JSON.parse(line) : undefined)
    return parsed.success ? [parsed.data] : []
  })
  const ended = (...actions: string[]) =>
    events.filter(({ Action, Test }) => Test !== undefined && actions.includes(Action))
  const failed = ended("fail", "skip")
  const names = new Set(failed.map(({ Test }) => Test))
  const shown = events.filter(({ Test }) => Test === undefined || names.has(Test))
  return {
    tally: honest({ passed: ended("pass").length, failed: failed.length }, exitCode),
    text: shown.map(({ Output = "" }) => Output).join(""),
  }
}
