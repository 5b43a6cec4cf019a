import { expect, test } from "vitest"
import { appFor } from "./app-for.js"
import { lamp, order, quote, rope } from "./samples.js"
import { answerWith, startService } from "./service-double.js"

const lines = [{ productId: "rope", quantity: 2 }]
const { customer } = order

const startCatalog = () => startService(answerWith(200, { products: [rope, lamp] }))

test("products come from the catalog, with the request's id", async () => {
  await using catalog = await startCatalog()
  const response = await appFor({ catalog: catalog.url }).inject("/api/products")
  expect([response.statusCode, response.json()]).toEqual([200, { products: [rope, lamp] }])
  expect(catalog.requests[0]?.url).toBe("/products")
  expect(catalog.requests[0]?.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/)
})

test("a product's id reaches the catalog as one path segment", async () => {
  await using catalog = await startService(answerWith(200, rope))
  const response = await appFor({ catalog: catalog.url }).inject("/api/products/..%2Fhealth%3Fx")
  expect(response.statusCode).toBe(200)
  expect(catalog.requests[0]?.url).toBe("/products/..%2Fhealth%3Fx")
})

test("a quote has the catalog's prices, whatever the browser says", async () => {
  await using catalog = await startCatalog()
  await using pricing = await startService(answerWith(200, quote))
  const app = appFor({ catalog: catalog.url, pricing: pricing.url })
  const body = { lines: [{ ...lines[0], unitPrice: { amount: 1, currency: "EUR" } }], coupon: "AHOY10" }
  const response = await app.inject({ method: "POST", url: "/api/quotes", body })
  expect([response.statusCode, response.json()]).toEqual([200, quote])
  expect(pricing.requests[0]).toMatchObject({
    method: "POST",
    url: "/quotes",
    body: {
      lines: [{ productId: "rope", name: "Rope", unitPrice: rope.price, quantity: 2 }],
      coupon: "AHOY10",
    },
  })
})

test("a product that nobody sells is a 422", async () => {
  await using catalog = await startCatalog()
  const body = { lines: [{ productId: "kraken", quantity: 1 }] }
  const response = await appFor({ catalog: catalog.url }).inject({ method: "POST", url: "/api/quotes", body })
  expect([response.statusCode, response.json()]).toEqual([
    422,
    { error: "unknown_product", message: 'there is no product "kraken"' },
  ])
})

test("an order is placed with names and prices, and its address is told", async () => {
  await using catalog = await startCatalog()
  await using orders = await startService(answerWith(201, order))
  const app = appFor({ catalog: catalog.url, orders: orders.url })
  const response = await app.inject({ method: "POST", url: "/api/orders", body: { lines, customer } })
  expect([response.statusCode, response.json()]).toEqual([201, order])
  expect(response.headers["location"]).toBe("/api/orders/A-1")
  expect(orders.requests[0]?.body).toEqual({
    customer,
    lines: [{ productId: "rope", name: "Rope", unitPrice: rope.price, quantity: 2 }],
  })
})

test("an order that makes no sense asks nobody and names every complaint", async () => {
  const body = { lines: [], customer: { ...customer, email: "ada" } }
  const response = await appFor({}).inject({ method: "POST", url: "/api/orders", body })
  expect([response.statusCode, response.json()]).toEqual([
    400,
    {
      error: "bad_request",
      message: "lines: the basket is empty; customer.email: is no e-mail address",
    },
  ])
})

test("an order's notifications are those of its id", async () => {
  await using notifications = await startService(answerWith(200, { notifications: [] }))
  const response = await appFor({ notifications: notifications.url }).inject("/api/orders/A&1/notifications")
  expect([response.statusCode, response.json()]).toEqual([200, { notifications: [] }])
  expect(notifications.requests[0]?.url).toBe("/notifications?order=A%261")
})

test("recommendations carry their products; those that are sold no more are left out", async () => {
  await using catalog = await startCatalog()
  await using recommendations = await startService(
    answerWith(200, {
      recommendations: [
        { productId: "kraken", because: "rope", score: 0.9 },
        { productId: "lamp", because: "rope", score: 0.5 },
      ],
    }),
  )
  const app = appFor({ catalog: catalog.url, recommendations: recommendations.url })
  const response = await app.inject("/api/recommendations?for=rope,tide-clock")
  expect([response.statusCode, response.json()]).toEqual([
    200,
    { recommendations: [{ product: lamp, because: "rope" }] },
  ])
  expect(recommendations.requests[0]?.url).toBe("/recommendations?for=rope%2Ctide-clock&limit=3")
})
