import { connection } from "@dagger.io/dagger"
import type { Writable } from "node:stream"
import { EngineError } from "../engine/failure.js"

/**
 * Runs an action with one session of the engine that the environment names; `log` takes the engine's own progress.
 * What the action throws comes out as it is: the SDK would hand on its text alone.
 */
export async function engineSession(action: () => Promise<void>, log?: Writable): Promise<void> {
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
    if (!begun) throw new EngineError(`The engine cannot be reached: ${tidied(error)}`)
    if (!thrown) throw error
  }
  if (thrown) throw thrown.error
}

/** Without the names of classes that the SDK puts in front of the engine's own words. */
function tidied(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text
    .replace(/^failed to execute function with automatic provisioning: /, "")
    .replace(/^\w*Error: /, "")
}
