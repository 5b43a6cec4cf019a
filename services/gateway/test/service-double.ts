import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A request that a double saw. */
export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage["headers"]
  /** The body's JSON; undefined without a body. */
  readonly body: unknown
}

/** A real HTTP server that stands in for a service. */
export interface ServiceDouble extends AsyncDisposable {
  readonly url: string
  /** The requests seen so far, oldest first. */
  readonly requests: readonly SeenRequest[]
}

/** Starts a service on a free loopback port that answers with `handle` once it has the whole request. */
export async function startService(handle: Handler): Promise<ServiceDouble> {
  const requests: SeenRequest[] = []
  const server = createServer((request, response) => {
    let text = ""
    request.on("data", (chunk) => (text += chunk))
    request.on("end", () => {
      const { method = "", url = "", headers } = request
      requests.push({ method, url, headers, body: text === "" ? undefined : JSON.parse(text) })
      handle(request, response)
    })
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** A handler that always answers with this. */
export function answerWith(status: number, body: unknown, contentType = "application/json"): Handler {
  return (_request, response) => {
    response.writeHead(status, { "content-type": contentType })
    response.end(typeof body === "string" ? body : JSON.stringify(body))
  }
}
