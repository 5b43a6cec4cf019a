import { constants } from "node:os"

/** Ctrl-C, a cancelled CI job, a closed terminal. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const

/** How long cleaning up may take after a signal, in milliseconds. */
const patience = 10_000

/** A signal ended the run. The message is the one line that a person sees. */
export class Interrupted extends Error {
  override readonly name = "Interrupted"
  constructor(
    readonly signal: (typeof signals)[number],
    message = "Interrupted",
  ) {
    super(message)
  }

  /** As every shell counts it: 130 for Ctrl-C. */
  get exitCode(): number {
    return 128 + constants.signals[this.signal]
  }
}

/** What is on its way and cleans up after itself. */
const tidy = new Set<Promise<unknown>>()

/**
 * Runs an action until it ends or a signal arrives. Then the action's AbortSignal is aborted with an
 * {@link Interrupted}; what was handed to {@link letFinish} has ten seconds to clean up, all else is left where it
 * is. A second signal ends the process at once.
 */
export async function interruptible<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const { signal } = controller
  const ended = new Promise<never>((_, reject) => {
    for (const name of signals) {
      process.on(name, () => {
        const interrupted = new Interrupted(name)
        if (signal.aborted) process.exit(interrupted.exitCode)
        // Children that clean up, too, may hold the process open a moment longer; whatever else does is dropped.
        setTimeout(() => process.exit(interrupted.exitCode), tidy.size > 0 ? patience : 50).unref()
        controller.abort(interrupted)
        void Promise.allSettled(tidy).then(() => setImmediate(reject, interrupted)) // what the action says goes first
      })
    }
  })
  return Promise.race([action(signal), ended])
}

/** Marks a promise that looks at the AbortSignal itself, so that it comes to its end when a signal arrives. */
export function letFinish<T>(promise: Promise<T>): Promise<T> {
  const settled = () => void tidy.delete(promise)
  tidy.add(promise)
  promise.then(settled, settled)
  return promise
}

/** A promise's outcome, or an {@link Interrupted} as soon as the signal says so. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error)
    signal.addEventListener("abort", abort)
  })
  try {
    signal.throwIfAborted()
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener("abort", abort)
  }
}
