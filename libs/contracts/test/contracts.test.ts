import { expect, test } from "vitest"
import { Basket } from "../src/baskets.js"
import { OrderRequest } from "../src/orders.js"
import { complaints } from "../src/problem.js"

const lines = [{ productId: "rope", quantity: 2 }]
const customer = { name: "Ada", email: "ada@example.com" }

test("a basket without a coupon is sound", () => {
  expect(Basket.parse({ lines })).toEqual({ lines })
})

test.each([0, -1, 1.5, 100, "2"])("%j is no quantity", (quantity) => {
  expect(Basket.safeParse({ lines: [{ productId: "rope", quantity }] }).success).toBe(false)
})

test("prices that a browser sends are left out", () => {
  const priced = { lines: [{ ...lines[0], unitPrice: { amount: 1, currency: "EUR" } }] }
  expect(Basket.parse(priced)).toEqual({ lines })
})

test("an order is a basket and a customer, whose name has no blanks around it", () => {
  const order = { lines, customer: { ...customer, name: " Ada " } }
  expect(OrderRequest.parse(order)).toEqual({ lines, customer })
})

test("every complaint names its place", () => {
  const { error } = OrderRequest.safeParse({ lines: [], customer: { name: " ", email: "ada" } })
  expect(error && complaints(error)).toBe(
    "lines: the basket is empty; customer.name: a name is needed; customer.email: is no e-mail address",
  )
})
