import { expect, test } from "vitest"
import { appFor } from "./app-for.js"
import { rope } from "./samples.js"
import { answerWith, startService } from "./service-double.js"

test("a service that is away is a 503 that names it", async () => {
  const response = await appFor({}).inject("/api/products")
  expect([response.statusCode, response.json()]).toEqual([
    503,
    {
      error: "service_unavailable",
      message: "catalog cannot be reached",
      service: "catalog",
      reason: "unreachable",
    },
  ])
})

test("a service that never answers is a 503 after the timeout", async () => {
  await using catalog = await startService(() => {})
  const response = await appFor({ catalog: catalog.url }, 50).inject("/api/products")
  expect([response.statusCode, response.json().reason]).toEqual([503, "timeout"])
})

test("a service that stops in the middle of its body is a 503 after the timeout", async () => {
  await using catalog = await startService((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" })
    response.write("[")
  })
  const response = await appFor({ catalog: catalog.url }, 50).inject("/api/products")
  expect([response.statusCode, response.json().reason]).toEqual([503, "timeout"])
})

test.each([
  ["a failure", answerWith(500, { error: "internal", message: "ouch" })],
  ["a redirect", answerWith(302, {})],
  ["a refusal without words", answerWith(404, "")],
  ["something that is not JSON", answerWith(200, "<html>")],
  ["a product without a price", answerWith(200, { ...rope, price: undefined })],
])("%s of a service is a 502", async (_name, handle) => {
  await using catalog = await startService(handle)
  const response = await appFor({ catalog: catalog.url }).inject("/api/products/rope")
  expect([response.statusCode, response.json().reason]).toEqual([502, "bad_answer"])
})

test("a 404 of a service is passed through", async () => {
  const notFound = { error: "not_found", message: "there is no product with this id" }
  await using catalog = await startService(answerWith(404, notFound))
  const response = await appFor({ catalog: catalog.url }).inject("/api/products/kraken")
  expect([response.statusCode, response.json()]).toEqual([404, notFound])
})

test("a service that lacks one of its own tells which, and so does the gateway", async () => {
  const down = { error: "service_unavailable", message: "pricing …", service: "pricing", reason: "timeout" }
  await using orders = await startService(answerWith(503, down))
  const response = await appFor({ orders: orders.url }).inject("/api/orders/A-1")
  expect([response.statusCode, response.json()]).toEqual([503, down])
})

test("a body that is no JSON is a 400", async () => {
  const headers = { "content-type": "application/json" }
  const response = await appFor({}).inject({ method: "POST", url: "/api/quotes", headers, payload: "{" })
  expect([response.statusCode, response.json().error]).toEqual([400, "bad_request"])
})
