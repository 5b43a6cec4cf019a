/** Where in a recipe something ran. */
export interface StepPlace {
  readonly stage: string
  readonly step: string
}

/** A command of a build that did not succeed: which, where, and what it printed last. */
export class StepFailure extends Error {
  override readonly name = "StepFailure"
  constructor(
    readonly place: StepPlace,
    readonly exitCode: number,
    /** Everything that the command printed, standard output before standard error; the engine keeps 100 KB of each. */
    readonly output: string,
    options?: ErrorOptions,
  ) {
    super(
      `${place.stage} stage · ${place.step} failed with exit code ${exitCode}\n${tail(output, 20)}`,
      options,
    )
  }
}

/** Turns what the SDK throws for a failed command into a {@link StepFailure}; anything else stays as it is. */
export function stepFailure(error: unknown, place: StepPlace): unknown {
  if (!isExecError(error)) return error
  const output = [error.stdout, error.stderr].filter((text) => text !== "").join("\n")
  return new StepFailure(place, error.exitCode, output, { cause: error })
}

interface ExecErrorLike extends Error {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Inside a module the SDK's error classes are not exported, so they are known by name. */
function isExecError(error: unknown): error is ExecErrorLike {
  return error instanceof Error && error.name === "ExecError"
}

/** True where the engine ended, or the connection to it: no step's fault. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { status } = (error as { readonly response?: { readonly status?: number } }).response ?? {}
  return error.name === "UnknownDaggerError" || (error.name === "GraphQLRequestError" && status === 502)
}

/** The engine's words without the id under which it traced them. */
export function withoutTrace(message: string): string {
  return message.replace(/ \[traceparent:[^\]]*\]/g, "")
}

/** The last lines of a text. */
export function tail(text: string, lines: number): string {
  return text.trimEnd().split("\n").slice(-lines).join("\n")
}
