import { EngineError } from "../engine/failure.js"
import { HomeError } from "../engine/home.js"
import { parseArguments, type Options } from "./arguments.js"
import { commands } from "./commands.js"
import { Interrupted, interruptible } from "./interruption.js"
import { asTyped } from "./output/as-typed.js"
import { typingOf } from "./terminal-of.js"
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
  let options: Options = {}
  process.on("uncaughtException", (error) => process.exit(tell(error, options)))
  try {
    const parsed = parseArguments(invocation.argv)
    options = parsed.options
    return await interruptible((signal) => commands[parsed.command].run({ ...invocation, ...parsed, signal }))
  } catch (error) {
    return tell(error, options)
  }
}

/** Prints what went wrong, once, and returns the exit code that says the same. */
function tell(error: unknown, options: Options): number {
  const report = (message: string, code: number) => print(asTyped(message, typingOf(options)), code)
  if (error instanceof UserError || error instanceof Interrupted) return report(error.message, error.exitCode)
  if (error instanceof HomeError) return report(error.message, exitCodes.badInput)
  if (error instanceof EngineError) return report(error.message, exitCodes.failed)
  if (error instanceof Error && error.name === "RegistryError") return report(error.message, exitCodes.failed)
  if (error instanceof Error && "code" in error && error.code === "ENOSPC")
    return report(
      `${error.message}. Make room, as ./slipway engine reset does, and run it again.`,
      exitCodes.failed,
    )
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return report(`Slipway itself failed; this is our bug:\n${story}`, exitCodes.bug)
}

function print(message: string, code: number): number {
  process.stderr.write(`${message}\n`)
  return code
}

/** `slipway … | head` is no failure; a full disk is. */
function onUnwritable(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return
  process.exit(print(`Standard output cannot be written: ${error.message}`, exitCodes.failed))
}
