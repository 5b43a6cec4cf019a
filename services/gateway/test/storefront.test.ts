import { expect, test } from "vitest"
import { appFor } from "./app-for.js"
import { answerWith, startService } from "./service-double.js"

test.each(["/", "/cart", "/assets/main-1a2b.js?x=1"])("%s is the storefront's", async (path) => {
  await using storefront = await startService(answerWith(200, "<html>", "text/html"))
  const response = await appFor({ storefront: storefront.url }).inject(path)
  expect([response.statusCode, response.body]).toEqual([200, "<html>"])
  expect(response.headers["content-type"]).toBe("text/html")
  expect(storefront.requests[0]?.url).toBe(path)
  expect(storefront.requests[0]?.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/)
})

test("what the storefront says of an unknown page is passed on", async () => {
  await using storefront = await startService(answerWith(404, "none", "text/html"))
  const response = await appFor({ storefront: storefront.url }).inject("/favicon.ico")
  expect([response.statusCode, response.body]).toEqual([404, "none"])
})

test("the storefront is only read", async () => {
  await using storefront = await startService(answerWith(200, "<html>", "text/html"))
  const response = await appFor({ storefront: storefront.url }).inject({ method: "POST", url: "/cart" })
  expect([response.statusCode, storefront.requests]).toEqual([404, []])
})

test("a storefront that is away is a 503 that names it", async () => {
  const response = await appFor({}).inject("/")
  expect([response.statusCode, response.json()]).toMatchObject([
    503,
    { service: "storefront", reason: "unreachable" },
  ])
})

test("a storefront that never answers is a 503 after the timeout", async () => {
  await using storefront = await startService(() => {})
  const response = await appFor({ storefront: storefront.url }, 100).inject("/")
  expect([response.statusCode, response.json()]).toMatchObject([
    503,
    { service: "storefront", reason: "timeout" },
  ])
})
