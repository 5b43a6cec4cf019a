import { expect, test } from "vitest"
import { addToCart, countPieces, parseCart, setQuantity } from "../src/cart/cart.js"

const line = (productId: string, quantity: number) => ({ productId, quantity })

test("what is added again joins its line", () => {
  const cart = addToCart(addToCart([line("lamp", 1)], "rope", 2), "lamp", 3)
  expect(cart).toEqual([line("lamp", 4), line("rope", 2)])
  expect(countPieces(cart)).toBe(6)
})

test("a line never holds more than can be ordered", () => {
  expect(addToCart([line("rope", 98)], "rope", 5)).toEqual([line("rope", 99)])
  expect(addToCart([], "rope", 500)).toEqual([line("rope", 99)])
})

test("none of a product takes its line out", () => {
  expect(setQuantity([line("rope", 2), line("lamp", 1)], "rope", 0)).toEqual([line("lamp", 1)])
})

test("a stored basket is read as it was", () => {
  const cart = [line("rope", 2)]
  expect(parseCart(JSON.stringify(cart))).toEqual(cart)
})

test.each([null, "", "{", "{}", '[{"productId":"rope"}]', '[{"productId":"rope","quantity":0}]'])(
  "%j is stored by nobody, so the basket is empty",
  (text) => {
    expect(parseCart(text)).toEqual([])
  },
)
