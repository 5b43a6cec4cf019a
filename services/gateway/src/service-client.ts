import { Problem } from "@shop/contracts/problem"
import type { z } from "zod/mini"
import { Refusal, ServiceFailure } from "./failures.js"

/** One question to a service. */
export interface Question<T> {
  readonly path: string
  /** With a body the question is a POST, else a GET. */
  readonly body?: unknown
  /** What a good answer looks like; what else it holds is left out. */
  readonly answer: z.ZodMiniType<T>
  readonly requestId: string
}

/** Asks one service over HTTP. */
export interface ServiceClient {
  /** The good answer. Throws a `Refusal` that is meant for the one who asked, or a `ServiceFailure`. */
  ask<T>(question: Question<T>): Promise<T>
}

/** A client for the service at `url`; each question has `timeout` milliseconds, body included. */
export function createServiceClient(name: string, url: string, timeout: number): ServiceClient {
  return {
    async ask({ path, body, answer, requestId }) {
      let status: number
      let text: string
      try {
        const response = await fetch(url + path, {
          headers: {
            accept: "application/json",
            "x-request-id": requestId,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
          redirect: "manual",
          signal: AbortSignal.timeout(timeout),
        })
        status = response.status
        text = await response.text()
      } catch (error) {
        throw describeFailure(name, error)
      }
      const json = parseJson(text)
      if (status >= 200 && status < 300) {
        const read = answer.safeParse(json)
        if (read.success) return read.data
        throw new ServiceFailure(name, "bad_answer", read.error.message)
      }
      throw readRefusal(status, json) ?? new ServiceFailure(name, "bad_answer", `status ${status}`)
    },
  }
}

/** A refusal is for the one who asked when it is about the question, or when it names the service that is down. */
function readRefusal(status: number, json: unknown): Refusal | undefined {
  const read = Problem.safeParse(json)
  if (!read.success || status < 400) return undefined
  return status < 500 || read.data.service !== undefined ? new Refusal(status, read.data) : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describeFailure(name: string, error: unknown): ServiceFailure {
  if (error instanceof Error && error.name === "TimeoutError") {
    return new ServiceFailure(name, "timeout", error.message)
  }
  // fetch says only "fetch failed"; what happened is in the cause.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return new ServiceFailure(name, "unreachable", String(cause))
}
