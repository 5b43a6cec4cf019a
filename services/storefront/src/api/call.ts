import { Problem } from "@shop/contracts/problem"
import type { z } from "zod/mini"

/** The API did not give what was asked for; the problem's message is for people. */
export class ApiFailure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message)
  }
}

/** One question to the API. */
export interface Call<T> {
  readonly path: string
  readonly answer: z.ZodMiniType<T>
  /** With a body the question is a POST, else a GET. */
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** Asks the API. Throws an `ApiFailure`, or an `AbortError` where the signal said so. */
export async function call<T>({ path, answer, body, signal }: Call<T>): Promise<T> {
  const response = await fetch(`/api${path}`, {
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ApiFailure({ error: "offline", message: "the shop cannot be reached" })
  })
  const json: unknown = await response.json().catch(() => undefined)
  if (!response.ok) {
    const problem = Problem.safeParse(json)
    throw new ApiFailure(problem.success ? problem.data : unclear)
  }
  const read = answer.safeParse(json)
  if (read.success) return read.data
  throw new ApiFailure(unclear)
}

const unclear = { error: "unclear", message: "the shop gave an answer that makes no sense" }
