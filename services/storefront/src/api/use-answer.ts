import { useCallback, useEffect, useState } from "preact/hooks"
import type { Problem } from "@shop/contracts/problem"
import { ApiFailure } from "./call.js"

/** Where a question to the API stands. */
export type Answer<T> =
  | { readonly state: "waiting" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly problem: Problem; readonly retry: () => void }

/** Asks when the page appears and again whenever `key` changes; an answer that comes too late is dropped. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, key: string): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ state: "waiting" })
  const [attempt, setAttempt] = useState(0)
  const retry = useCallback(() => setAttempt((count) => count + 1), [])

  useEffect(() => {
    const controller = new AbortController()
    setAnswer({ state: "waiting" })
    ask(controller.signal).then(
      (value) => !controller.signal.aborted && setAnswer({ state: "ready", value }),
      (error: unknown) =>
        !controller.signal.aborted && setAnswer({ state: "failed", problem: toProblem(error), retry }),
    )
    return () => controller.abort()
  }, [key, attempt])

  return answer
}

/** What to tell people of an error. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ApiFailure) return error.problem
  return { error: "internal", message: "this page failed" }
}
