import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { inspect, stripVTControlCharacters } from "node:util"
import { workFolder } from "./work-folder.js"
import {
  isConnectionLost,
  StepFailure,
  tail,
  withoutTrace,
  type StepPlace,
} from "../../ci/src/images/step-failure.js"
import type { Target } from "../../ci/io/load-target.js"

/** A target that could not be built or published. */
export interface FailedTarget {
  readonly target: Target
  readonly error: unknown
  /** What was being done. */
  readonly place: StepPlace
  readonly seconds: number
}

/** Everything about a failure: what `.slipway/failures/SERVICE-ENVIRONMENT.json` says. Absent facts are null. */
interface FailureStory extends StepPlace {
  readonly version: 1
  readonly service: string
  readonly environment: string
  readonly platform: string
  readonly key: string
  /** The command as the engine ran it. */
  readonly command: readonly string[] | null
  readonly exitCode: number | null
  /** All that the command printed, or the error when it was no command that failed. */
  readonly output: string
  readonly seconds: number
}

/** Writes the whole story of a failure and returns its path, as it can be pasted. */
export function writeStory(root: string, failed: FailedTarget): string {
  const file = storyFile(root, failed.target)
  workFolder(root)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(storyOf(failed), undefined, 2)}\n`)
  return relative(process.cwd(), file)
}

/** Removes the story of a failure that is no more. */
export function forgetStory(root: string, target: Target): void {
  rmSync(storyFile(root, target), { force: true })
}

/** What a person needs to know of a failure: where, the last words, and where all the others are. */
export function tellFailure(failed: FailedTarget, file: string, lines: number): string {
  const { service, environment } = failed.target
  const { stage, step, exitCode, output } = storyOf(failed)
  const said = failed.error instanceof StepFailure ? output : messageOf(failed.error)
  const last = tail(readable(said), lines).split("\n")
  const before = said.trimEnd().split("\n").length - last.length
  return [
    [
      service,
      environment,
      `${stage} stage`,
      exitCode === null ? step : `${step} (exit code ${exitCode})`,
    ].join(" · "),
    ...(before > 0 ? [`  … ${before} lines before`] : []),
    ...last.map((line) => `  ${line}`.trimEnd()),
    `Whole story: ${file}`,
  ].join("\n")
}

/** A failure in a few words. */
export function reasonOf({ error, place }: Pick<FailedTarget, "error" | "place">): string {
  const what = `${place.stage} · ${place.step} failed`
  return error instanceof StepFailure ? what : `${what}: ${messageOf(error).split("\n")[0]}`
}

function storyOf({ target, error, place, seconds }: FailedTarget): FailureStory {
  const { service, environment, platform, key } = target
  const failure = error instanceof StepFailure ? error : undefined
  return {
    ...{ version: 1, service, environment, platform, key },
    ...(failure?.place ?? place),
    command: commandOf(failure?.cause),
    exitCode: failure?.exitCode ?? null,
    output: failure?.output ?? inspect(error),
    seconds,
  }
}

/** The SDK's error for a command knows the command. */
function commandOf(cause: unknown): readonly string[] | null {
  return cause instanceof Error && "cmd" in cause ? (cause.cmd as readonly string[]) : null
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const broke = whatBroke(error)
  return broke === undefined
    ? withoutTrace(error.message) || error.name
    : `the engine was stopped or ended: ${broke}\nThe same command builds the rest.`
}

/** Where its connection breaks, the SDK says "unknown", and where the engine ends, "API error": others know more. */
function whatBroke(error: Error & { readonly response?: unknown }): string | undefined {
  if (!isConnectionLost(error)) return undefined
  if (error.name === "GraphQLRequestError")
    return (error.response as { readonly body?: string }).body ?? error.message
  let cause: Error = error
  while (cause.cause instanceof Error) cause = cause.cause
  return cause.message
}

/** Without colours and without what progress bars overwrote. */
function readable(output: string): string {
  return stripVTControlCharacters(output).replace(/[^\n]*\r(?!\n)/g, "")
}

function storyFile(root: string, { service, environment }: Target): string {
  return join(root, ".slipway", "failures", `${service}-${environment}.json`)
}
