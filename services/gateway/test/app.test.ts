import { expect, test } from "vitest"
import { appFor } from "./app-for.js"
import { rope } from "./samples.js"
import { answerWith, startService } from "./service-double.js"

test("health is the gateway's own and asks nobody", async () => {
  const response = await appFor({}).inject("/health")
  expect([response.statusCode, response.json()]).toEqual([200, { status: "ok" }])
})

test.each(["/api", "/api/elsewhere", "/api/products/rope/colour"])("%s is nowhere", async (path) => {
  await using storefront = await startService(answerWith(200, "<html>", "text/html"))
  const response = await appFor({ storefront: storefront.url }).inject(path)
  expect([response.statusCode, response.json().error]).toEqual([404, "not_found"])
})

test("closing waits for the request in flight and then ends its kept-alive connection", async () => {
  let release = () => {}
  let arrived = () => {}
  const asked = new Promise<void>((done) => (arrived = done))
  await using catalog = await startService((request, response) => {
    release = () => answerWith(200, rope)(request, response)
    arrived()
  })
  const app = appFor({ catalog: catalog.url })
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
