import { Quote, type Basket } from "@shop/contracts/baskets"
import { NotificationList } from "@shop/contracts/notifications"
import { Order, type OrderRequest } from "@shop/contracts/orders"
import { Product, ProductList } from "@shop/contracts/products"
import { RecommendationList } from "@shop/contracts/recommendations"
import { call } from "./call.js"

/** Everything on sale. */
export const getProducts = (signal?: AbortSignal) => ask("/products", ProductList, signal)

/** One product. */
export const getProduct = (id: string, signal?: AbortSignal) =>
  ask(`/products/${encodeURIComponent(id)}`, Product, signal)

/** What goes well with these products. */
export const getRecommendations = (productIds: readonly string[], signal?: AbortSignal) =>
  ask(`/recommendations?${new URLSearchParams({ for: productIds.join(",") })}`, RecommendationList, signal)

/** What a basket comes to. */
export const getQuote = (basket: Basket, signal?: AbortSignal) => ask("/quotes", Quote, signal, basket)

/** Places an order. */
export const placeOrder = (request: OrderRequest) => ask("/orders", Order, undefined, request)

/** An order that was placed. */
export const getOrder = (id: string, signal?: AbortSignal) =>
  ask(`/orders/${encodeURIComponent(id)}`, Order, signal)

/** The messages that were sent about an order. */
export const getNotifications = (orderId: string, signal?: AbortSignal) =>
  ask(`/orders/${encodeURIComponent(orderId)}/notifications`, NotificationList, signal)

function ask<T>(
  path: string,
  answer: Parameters<typeof call<T>>[0]["answer"],
  signal?: AbortSignal,
  body?: unknown,
): Promise<T> {
  return call({ path, answer, body, ...(signal ? { signal } : {}) })
}
