import { randomUUID } from "node:crypto"
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyServerOptions,
} from "fastify"
import { addApi } from "./api.js"
import type { Config } from "./config.js"
import { Refusal, ServiceFailure } from "./failures.js"
import { createShop } from "./shop.js"
import { addStorefront } from "./storefront.js"

const nothingHere = { error: "not_found", message: "there is nothing at this path" }

/**
 * The gateway's routes over the services that the settings name, not yet listening. Closing it refuses new
 * connections and waits for the requests in flight.
 */
export function buildApp(
  { urls, timeout }: Pick<Config, "urls" | "timeout">,
  logger: FastifyServerOptions["logger"] = false,
): FastifyInstance {
  const app = Fastify({
    logger: logger ?? false,
    logController: new LogController({ disableRequestLogging: true }), // one line for each answer, in place of two
    genReqId: () => randomUUID(),
  })
  app.addHook("onResponse", async ({ log, method, url }, { statusCode, elapsedTime }) => {
    log.info({ method, path: url, status: statusCode, ms: Math.round(elapsedTime) }, "answered")
  })

  // Without this a kept-alive connection whose last answer came during the close would hold the server open.
  let closing = false
  app.addHook("preClose", async () => {
    closing = true
  })
  app.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close")
  })

  app.setNotFoundHandler((_request, reply) => reply.code(404).send(nothingHere))
  app.setErrorHandler<FastifyError | Refusal>((error, { log }, reply) => {
    const { status, problem } = toRefusal(error, log)
    return reply.code(status).send(problem)
  })

  // Says only that the gateway is up: a service that is away must not restart its gateways.
  app.get("/health", { logLevel: "warn" }, async () => ({ status: "ok" }))
  addApi(app, createShop({ urls, timeout }))
  // Before the storefront's: what is unknown below /api is no page.
  for (const path of ["/api", "/api/*"]) {
    app.all(path, async (_request, reply) => reply.code(404).send(nothingHere))
  }
  addStorefront(app, urls.storefront, timeout)

  return app
}

/** What the one who asked is told of an error; what is not for them goes to the log. */
function toRefusal(error: FastifyError | Refusal, log: FastifyBaseLogger): Refusal {
  if (error instanceof ServiceFailure) log.warn({ ...error.problem, detail: error.detail }, "no answer")
  if (error instanceof Refusal) return error
  const status = error.statusCode ?? 500
  if (status < 500) return new Refusal(status, { error: "bad_request", message: error.message })
  log.error(error, "failed")
  return new Refusal(500, { error: "internal", message: "the gateway failed" })
}
