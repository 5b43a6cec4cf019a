import { BasketLine, maxQuantity } from "@shop/contracts/baskets"
import * as z from "zod/mini"

/** What is in the basket, each product once, in the order in which they were added. */
export type Cart = readonly BasketLine[]

/** The basket with some more of a product. */
export function addToCart(cart: Cart, productId: string, quantity: number): Cart {
  const present = cart.find((line) => line.productId === productId)
  if (present) return setQuantity(cart, productId, present.quantity + quantity)
  return [...cart, { productId, quantity: Math.min(quantity, maxQuantity) }]
}

/** The basket with exactly so many of a product that is in it; none of it takes the product out. */
export function setQuantity(cart: Cart, productId: string, quantity: number): Cart {
  if (quantity < 1) return cart.filter((line) => line.productId !== productId)
  const capped = Math.min(quantity, maxQuantity)
  return cart.map((line) => (line.productId === productId ? { productId, quantity: capped } : line))
}

/** How many pieces are in the basket. */
export function countPieces(cart: Cart): number {
  return cart.reduce((sum, { quantity }) => sum + quantity, 0)
}

const Stored = z.array(BasketLine)

/** Reads a basket that was stored as JSON; what is no basket is an empty one. */
export function parseCart(text: string | null): Cart {
  try {
    const read = Stored.safeParse(JSON.parse(text ?? "[]"))
    return read.success ? read.data : []
  } catch {
    return []
  }
}
