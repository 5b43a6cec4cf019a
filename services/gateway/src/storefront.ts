import proxy from "@fastify/http-proxy"
import type { FastifyInstance } from "fastify"
import { ServiceFailure } from "./failures.js"

/** Passes on what nobody else answers to the storefront at `url`: the pages and their assets. */
export function addStorefront(app: FastifyInstance, url: string, timeout: number): void {
  app.register(proxy, {
    upstream: url,
    httpMethods: ["GET", "HEAD"],
    disableRequestLogging: true,
    undici: { connect: { timeout }, headersTimeout: timeout, bodyTimeout: timeout },
    replyOptions: {
      rewriteRequestHeaders: ({ id }, headers) => ({ ...headers, "x-request-id": String(id) }),
      onError(reply, { error }) {
        const reason = /timeout/i.test(`${error.name} ${error.message}`) ? "timeout" : "unreachable"
        // The proxy has no promise that a throw could reject: the app's error handler is asked directly.
        reply.send(new ServiceFailure("storefront", reason, error.message))
      },
    },
  })
}
