import { Basket } from "@shop/contracts/baskets"
import { OrderRequest } from "@shop/contracts/orders"
import { complaints } from "@shop/contracts/problem"
import type { FastifyInstance } from "fastify"
import type { z } from "zod/mini"
import { Refusal } from "./failures.js"
import type { Shop } from "./shop.js"

type ById = { Params: { id: string } }

/** The routes below `/api`, answered by this shop. */
export function addApi(app: FastifyInstance, shop: Shop): void {
  app.get("/api/products", async ({ id }) => shop.products(id))
  app.get<ById>("/api/products/:id", async ({ params, id }) => shop.product(params.id, id))
  app.post("/api/quotes", async ({ body, id }) => shop.quote(read(Basket, body), id))

  app.post("/api/orders", async ({ body, id }, reply) => {
    const order = await shop.place(read(OrderRequest, body), id)
    return reply.code(201).header("location", `/api/orders/${order.id}`).send(order)
  })
  app.get<ById>("/api/orders/:id", async ({ params, id }) => shop.order(params.id, id))
  app.get<ById>("/api/orders/:id/notifications", async ({ params, id }) => shop.notifications(params.id, id))

  app.get<{ Querystring: { for?: string | string[] } }>("/api/recommendations", async ({ query, id }) =>
    shop.recommendations([query.for ?? []].flat().join(",").split(",").filter(Boolean), id),
  )
}

/** The body as this message, or a refusal that names everything that is wrong with it. */
function read<T>(message: z.ZodMiniType<T>, body: unknown): T {
  const result = message.safeParse(body)
  if (result.success) return result.data
  throw new Refusal(400, { error: "bad_request", message: complaints(result.error) })
}
