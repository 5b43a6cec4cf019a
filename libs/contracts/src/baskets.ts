import * as z from "zod/mini"
import { Money } from "./money.js"

/** The most pieces of one product in a basket. */
export const maxQuantity = 99

/** So many pieces of one product. */
export const BasketLine = z.object({
  productId: z.string().check(z.minLength(1), z.maxLength(64)),
  quantity: z.int(`is a whole number from 1 to ${maxQuantity}`).check(z.minimum(1), z.maximum(maxQuantity)),
})
export type BasketLine = Readonly<z.output<typeof BasketLine>>

/** What somebody wants to buy; body of `POST /api/quotes`. Prices are the shop's to say, so none are here. */
export const Basket = z.object({
  lines: z.array(BasketLine).check(z.minLength(1, "the basket is empty"), z.maxLength(50)),
  coupon: z.optional(z.string().check(z.minLength(1), z.maxLength(32))),
})
export type Basket = Readonly<z.output<typeof Basket>>

/** What a basket comes to: total = subtotal − discount + shipping. */
export const Totals = z.object({
  subtotal: Money,
  discount: Money,
  shipping: Money,
  total: Money,
  /** Value-added tax that the total includes. */
  tax: Money,
})
export type Totals = Readonly<z.output<typeof Totals>>

/** Answer of `POST /api/quotes`. */
export const Quote = z.object({
  lines: z.array(z.object({ productId: z.string(), quantity: z.int(), unitPrice: Money, total: Money })),
  totals: Totals,
})
export type Quote = Readonly<z.output<typeof Quote>>
