import { connection } from "@dagger.io/dagger"
import type { Writable } from "node:stream"
import { EngineError } from "../engine/failure.js"

/** Last words of the `dagger session` process: the SDK tells them only in rejections that nobody handles. */
let lastWords = ""
let listening = false

/**
 * Runs an action with one session of the engine that the environment names; `log` takes the engine's own progress.
 * What the action throws comes out as it is, where the SDK would hand on its text alone. Throws an
 * {@link EngineError} when no session can be had.
 */
export async function engineSession(action: () => Promise<void>, log?: Writable): Promise<void> {
  if (!listening) process.on("unhandledRejection", hear)
  listening = true
  let begun = false
  let thrown: { readonly error: unknown } | undefined
  try {
    await connection(
      async () => {
        begun = true
        await action().catch((error: unknown) => (thrown = { error }))
      },
      log ? { LogOutput: log } : {},
    )
  } catch (error) {
    await new Promise(setImmediate) // an unhandled rejection is told a turn later
    if (!begun) throw new EngineError(`The engine cannot be reached: ${lastWords || silence()}`)
    if (!thrown) throw error
  }
  if (thrown) throw thrown.error
}

/** Stays for the life of the process: a session that is killed may be told after its end. */
function hear(reason: unknown): void {
  const { name, command = "", stderr, message } = reason as Error & { command?: string; stderr?: string }
  const isSession = name === "EngineSessionError" || (name === "ExecaError" && / session /.test(command))
  if (!isSession) throw reason
  lastWords ||= (stderr ?? message).trim()
}

function silence(): string {
  return `the dagger CLI ended without a word. Is it one? ${process.env["_EXPERIMENTAL_DAGGER_CLI_BIN"]}`
}
