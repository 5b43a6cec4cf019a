import { randomUUID } from "node:crypto"
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyServerOptions } from "fastify"
import type { CatalogAnswer, CatalogClient } from "./catalog.js"

/**
 * The gateway's routes over this catalog, not yet listening. Closing it refuses new connections and waits for
 * the requests in flight.
 */
export function buildApp(
  catalog: CatalogClient,
  logger: FastifyServerOptions["logger"] = false,
): FastifyInstance {
  const app = Fastify({ logger: logger ?? false, genReqId: () => randomUUID() })

  // Without this a kept-alive connection whose last answer came during the close would hold the server open.
  let closing = false
  app.addHook("preClose", async () => {
    closing = true
  })
  app.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close")
  })

  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: "not_found", message: "there is nothing at this path" }),
  )

  // Says only that the gateway is up: a catalog that is away must not restart its gateways.
  app.get("/health", { logLevel: "warn" }, async () => ({ status: "ok" }))

  app.get("/api/products", async (request, reply) =>
    sendAnswer(reply, await catalog.get("/products", request.id)),
  )

  app.get<{ Params: { id: string } }>("/api/products/:id", async (request, reply) =>
    sendAnswer(reply, await catalog.get(`/products/${encodeURIComponent(request.params.id)}`, request.id)),
  )

  return app
}

function sendAnswer(reply: FastifyReply, answer: CatalogAnswer): FastifyReply {
  switch (answer.kind) {
    case "found":
      return reply.code(200).send(answer.body)
    case "not-found":
      return reply.code(404).send(answer.body)
    case "failed":
      reply.log.warn({ reason: answer.reason, detail: answer.detail }, "no answer from the catalog")
      return reply.code(502).send({ error: "catalog_unavailable", reason: answer.reason })
  }
}
