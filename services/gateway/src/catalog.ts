/** What came of one question to the catalog. */
export type CatalogAnswer = CatalogFound | CatalogNotFound | CatalogFailed

/** The catalog answered 200 with JSON. */
export interface CatalogFound {
  readonly kind: "found"
  readonly body: unknown
}

/** The catalog answered 404 with JSON, which is meant for the one who asked. */
export interface CatalogNotFound {
  readonly kind: "not-found"
  readonly body: unknown
}

/** There is no usable answer: nobody there, too slow, or not what a catalog says. */
export interface CatalogFailed {
  readonly kind: "failed"
  readonly reason: "unreachable" | "timeout" | "bad_answer"
  /** For the log, not for the one who asked. */
  readonly detail: string
}

/** Asks the catalog over HTTP. */
export interface CatalogClient {
  /** GETs a path such as `/products`; never rejects. */
  get(path: string, requestId: string): Promise<CatalogAnswer>
}

/** A client for the catalog at `url`; each question has `timeout` milliseconds, body included. */
export function createCatalogClient(url: string, timeout: number): CatalogClient {
  const base = url.replace(/\/+$/, "")
  return {
    async get(path, requestId) {
      try {
        const response = await fetch(base + path, {
          headers: { accept: "application/json", "x-request-id": requestId },
          redirect: "manual",
          signal: AbortSignal.timeout(timeout),
        })
        return await readAnswer(response)
      } catch (error) {
        return describeFailure(error)
      }
    },
  }
}

async function readAnswer(response: Response): Promise<CatalogAnswer> {
  if (response.status !== 200 && response.status !== 404) {
    // An unread body would keep the connection busy.
    await response.body?.cancel()
    return { kind: "failed", reason: "bad_answer", detail: `status ${response.status}` }
  }
  const text = await response.text()
  try {
    return { kind: response.status === 200 ? "found" : "not-found", body: JSON.parse(text) }
  } catch {
    return { kind: "failed", reason: "bad_answer", detail: "the body is not JSON" }
  }
}

function describeFailure(error: unknown): CatalogFailed {
  if (error instanceof Error && error.name === "TimeoutError") {
    return { kind: "failed", reason: "timeout", detail: error.message }
  }
  // fetch says only "fetch failed"; what happened is in the cause.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return { kind: "failed", reason: "unreachable", detail: String(cause) }
}
