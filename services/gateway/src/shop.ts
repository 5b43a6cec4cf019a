import { Quote, type Basket } from "@shop/contracts/baskets"
import { NotificationList } from "@shop/contracts/notifications"
import { Order, type OrderRequest } from "@shop/contracts/orders"
import { Product, ProductList } from "@shop/contracts/products"
import type { RecommendationList } from "@shop/contracts/recommendations"
import * as z from "zod/mini"
import type { Config, ServiceName } from "./config.js"
import { Refusal } from "./failures.js"
import { createServiceClient } from "./service-client.js"

const ScoreList = z.object({
  recommendations: z.array(z.object({ productId: z.string(), because: z.optional(z.string()) })),
})

/** How many products are recommended at once. */
const recommended = 3

/** The shop as one whole: what its services know together. Every call throws as a `ServiceClient` does. */
export interface Shop {
  products(requestId: string): Promise<ProductList>
  product(id: string, requestId: string): Promise<Product>
  quote(basket: Basket, requestId: string): Promise<Quote>
  place(request: OrderRequest, requestId: string): Promise<Order>
  order(id: string, requestId: string): Promise<Order>
  notifications(orderId: string, requestId: string): Promise<NotificationList>
  /** What may please somebody who looks at these products; without any, what pleases most people. */
  recommendations(productIds: readonly string[], requestId: string): Promise<RecommendationList>
}

/** The shop whose services are at these addresses. */
export function createShop({ urls, timeout }: Pick<Config, "urls" | "timeout">): Shop {
  const client = (name: ServiceName) => createServiceClient(name, urls[name], timeout)
  const catalog = client("catalog")
  const pricing = client("pricing")
  const orders = client("orders")
  const recommendations = client("recommendations")
  const notifications = client("notifications")

  const products = (requestId: string) => catalog.ask({ path: "/products", answer: ProductList, requestId })

  /** The basket's lines with the catalogue's names and prices: what a browser says of them is never taken. */
  async function resolve({ lines }: Basket, requestId: string) {
    const known = byId(await products(requestId))
    return lines.map(({ productId, quantity }) => {
      const product = known.get(productId)
      if (product) return { productId, name: product.name, unitPrice: product.price, quantity }
      throw new Refusal(422, { error: "unknown_product", message: `there is no product "${productId}"` })
    })
  }

  return {
    products,
    product: (id, requestId) => catalog.ask({ path: `/products/${segment(id)}`, answer: Product, requestId }),
    async quote(basket, requestId) {
      const body = { lines: await resolve(basket, requestId), coupon: basket.coupon }
      return pricing.ask({ path: "/quotes", body, answer: Quote, requestId })
    },
    async place(request, requestId) {
      const body = { ...request, lines: await resolve(request, requestId) }
      return orders.ask({ path: "/orders", body, answer: Order, requestId })
    },
    order: (id, requestId) => orders.ask({ path: `/orders/${segment(id)}`, answer: Order, requestId }),
    notifications: (orderId, requestId) =>
      notifications.ask({
        path: `/notifications?order=${segment(orderId)}`,
        answer: NotificationList,
        requestId,
      }),
    async recommendations(productIds, requestId) {
      const query = new URLSearchParams({ for: productIds.join(","), limit: String(recommended) })
      const [scores, list] = await Promise.all([
        recommendations.ask({ path: `/recommendations?${query}`, answer: ScoreList, requestId }),
        products(requestId),
      ])
      const known = byId(list)
      return {
        recommendations: scores.recommendations.flatMap(({ productId, because }) => {
          const product = known.get(productId)
          return product ? [{ product, ...(because === undefined ? {} : { because }) }] : []
        }),
      }
    },
  }
}

function byId({ products }: ProductList): ReadonlyMap<string, Product> {
  return new Map(products.map((product) => [product.id, product]))
}

/** A value of the caller as one segment of a path, whatever is in it. */
function segment(value: string): string {
  return encodeURIComponent(value)
}
