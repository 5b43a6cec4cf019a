import { EngineError } from "../engine/failure.js"
import { HomeError } from "../engine/home.js"
import { parseArguments } from "./arguments.js"
import { commands } from "./commands.js"
import { Interrupted, interruptible } from "./interruption.js"
import { exitCodes, UserError } from "./user-error.js"

/** What the launcher hands over. */
export interface Invocation {
  /** Slipway's own checkout. */
  readonly project: string
  readonly argv: readonly string[]
  /** `performance.now()` at which the launcher began. */
  readonly started: number
}

/** Runs one command line and returns its exit code. The only place that prints errors. */
export async function main(invocation: Invocation): Promise<number> {
  process.stdout.on("error", onUnwritable)
  process.stderr.on("error", () => {}) // nobody reads on: what is under way comes to its end all the same
  process.on("uncaughtException", (error) => process.exit(tell(error)))
  try {
    const parsed = parseArguments(invocation.argv)
    return await interruptible((signal) => commands[parsed.command].run({ ...invocation, ...parsed, signal }))
  } catch (error) {
    return tell(error)
  }
}

/** Prints what went wrong, once, and returns the exit code that says the same. */
function tell(error: unknown): number {
  if (error instanceof UserError || error instanceof Interrupted) return report(error.message, error.exitCode)
  if (error instanceof HomeError) return report(error.message, exitCodes.badInput)
  if (error instanceof EngineError) return report(error.message, exitCodes.failed)
  if (error instanceof Error && error.name === "RegistryError") return report(error.message, exitCodes.failed)
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return report(`Slipway itself failed; this is our bug:\n${story}`, exitCodes.bug)
}

function report(message: string, code: number): number {
  process.stderr.write(`${message}\n`)
  return code
}

/** `slipway … | head` is no failure; a full disk is. */
function onUnwritable(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return
  process.exit(report(`Standard output cannot be written: ${error.message}`, exitCodes.failed))
}
