import { expect, test } from "vitest"
import { buildApp } from "../src/app.js"
import { createCatalogClient } from "../src/catalog.js"
import { answerWith, startCatalog } from "./catalog-double.js"

const rope = { id: "rope", name: "Rope", price: { amount: 4250, currency: "EUR" } }

function appFor(url: string, timeout = 2_000) {
  return buildApp(createCatalogClient(url, timeout))
}

/** A loopback address where nobody listens any more. */
async function deadUrl(): Promise<string> {
  const catalog = await startCatalog(answerWith(200, {}))
  await catalog[Symbol.asyncDispose]()
  return catalog.url
}

test("health is the gateway's own and does not ask the catalog", async () => {
  await using catalog = await startCatalog(answerWith(500, {}))
  const response = await appFor(catalog.url).inject("/health")
  expect([response.statusCode, response.json()]).toEqual([200, { status: "ok" }])
  expect(catalog.requests).toHaveLength(0)
})

test("products come from the catalog, with the request's id", async () => {
  await using catalog = await startCatalog(answerWith(200, { products: [rope] }))
  const response = await appFor(catalog.url).inject("/api/products")
  expect([response.statusCode, response.json()]).toEqual([200, { products: [rope] }])
  expect(catalog.requests[0]?.url).toBe("/products")
  expect(catalog.requests[0]?.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/)
})

test("a product's id reaches the catalog as one path segment", async () => {
  await using catalog = await startCatalog(answerWith(200, rope))
  const response = await appFor(`${catalog.url}/`).inject("/api/products/..%2Fhealth%3Fx")
  expect(response.statusCode).toBe(200)
  expect(catalog.requests[0]?.url).toBe("/products/..%2Fhealth%3Fx")
})

test("a 404 of the catalog is passed through", async () => {
  await using catalog = await startCatalog(answerWith(404, { error: "not_found" }))
  const response = await appFor(catalog.url).inject("/api/products/kraken")
  expect([response.statusCode, response.json()]).toEqual([404, { error: "not_found" }])
})

test("a catalog that is away is a 502", async () => {
  const response = await appFor(await deadUrl()).inject("/api/products")
  expect([response.statusCode, response.json()]).toEqual([
    502,
    { error: "catalog_unavailable", reason: "unreachable" },
  ])
})

test("a catalog that never answers is a 502 after the timeout", async () => {
  await using catalog = await startCatalog(() => {})
  const response = await appFor(catalog.url, 50).inject("/api/products")
  expect([response.statusCode, response.json().reason]).toEqual([502, "timeout"])
})

test("a catalog that stops in the middle of its body is a 502 after the timeout", async () => {
  await using catalog = await startCatalog((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" })
    response.write("[")
  })
  const response = await appFor(catalog.url, 50).inject("/api/products")
  expect([response.statusCode, response.json().reason]).toEqual([502, "timeout"])
})

test.each([
  ["a failure", answerWith(500, {})],
  ["a redirect", answerWith(302, {})],
  ["something that is not JSON", answerWith(200, "<html>")],
])("%s of the catalog is a 502", async (_name, handle) => {
  await using catalog = await startCatalog(handle)
  const response = await appFor(catalog.url).inject("/api/products")
  expect([response.statusCode, response.json().reason]).toEqual([502, "bad_answer"])
})

test("an unknown path is a 404 in JSON", async () => {
  const response = await appFor("http://127.0.0.1:9").inject("/elsewhere")
  expect([response.statusCode, response.json().error]).toEqual([404, "not_found"])
})

test("closing waits for the request in flight and then ends its kept-alive connection", async () => {
  let release = () => {}
  let arrived = () => {}
  const asked = new Promise<void>((done) => (arrived = done))
  await using catalog = await startCatalog((request, response) => {
    release = () => answerWith(200, rope)(request, response)
    arrived()
  })
  const app = appFor(catalog.url)
  const address = await app.listen({ host: "127.0.0.1", port: 0 })

  const answer = fetch(`${address}/api/products/rope`)
  await asked
  const closed = app.close()
  release()
  const response = await answer
  expect([response.status, await response.json()]).toEqual([200, rope])
  expect(response.headers.get("connection")).toBe("close")
  await closed
})
