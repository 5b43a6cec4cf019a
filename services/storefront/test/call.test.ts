import { ProductList } from "@shop/contracts/products"
import { afterEach, expect, test, vi } from "vitest"
import { ApiFailure, call } from "../src/api/call.js"

afterEach(() => vi.unstubAllGlobals())

const products = [
  {
    id: "rope",
    name: "Rope",
    description: "Long.",
    category: "Rigging",
    price: { amount: 4250, currency: "EUR" },
  },
]

/** Asks for the products of an API that answers so. */
function ask(answer: () => Promise<Response>, signal?: AbortSignal) {
  vi.stubGlobal("fetch", answer)
  return call({ path: "/products", answer: ProductList, ...(signal ? { signal } : {}) })
}

const problemOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: unknown) => (error instanceof ApiFailure ? error.problem : error),
  )

test("a good answer is given on", async () => {
  expect(await ask(async () => Response.json({ products }))).toEqual({ products })
})

test("a problem that the API tells is the failure's", async () => {
  const problem = { error: "service_unavailable", message: "catalog is away", service: "catalog" }
  expect(await problemOf(ask(async () => Response.json(problem, { status: 503 })))).toEqual(problem)
})

test.each([
  ["an answer of another kind", () => Response.json({ products: [{ id: 1 }] })],
  ["a page", () => new Response("<html>")],
  ["a failure without words", () => new Response("", { status: 500 })],
])("%s makes no sense", async (_name, answer) => {
  expect(await problemOf(ask(async () => answer()))).toMatchObject({ error: "unclear" })
})

test("a shop that cannot be reached is told as that", async () => {
  expect(await problemOf(ask(async () => Promise.reject(new TypeError("failed"))))).toMatchObject({
    error: "offline",
  })
})

test("a question that was taken back is no failure of the shop", async () => {
  const gone = new DOMException("gone", "AbortError")
  expect(await problemOf(ask(async () => Promise.reject(gone), AbortSignal.abort()))).toBe(gone)
})
