import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** A real HTTP server that stands in for the catalog. */
export interface CatalogDouble extends AsyncDisposable {
  readonly url: string
  /** The requests seen so far, oldest first. */
  readonly requests: readonly IncomingMessage[]
}

/** Starts a catalog on a free loopback port that answers with `handle`. */
export async function startCatalog(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<CatalogDouble> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    handle(request, response)
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
export function answerWith(status: number, body: unknown) {
  return (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json" })
    response.end(typeof body === "string" ? body : JSON.stringify(body))
  }
}
