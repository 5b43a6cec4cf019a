import * as z from "zod/mini"
import { Basket, Totals } from "./baskets.js"
import { Money } from "./money.js"

/** Who orders. */
export const Customer = z.object({
  name: z.string().check(z.trim(), z.minLength(1, "a name is needed"), z.maxLength(100)),
  email: z.email("is no e-mail address").check(z.maxLength(254)),
})
export type Customer = Readonly<z.output<typeof Customer>>

/** Body of `POST /api/orders`. */
export const OrderRequest = z.extend(Basket, { customer: Customer })
export type OrderRequest = Readonly<z.output<typeof OrderRequest>>

/** An order that was placed, with the prices that held then. */
export const Order = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  placedAt: z.iso.datetime(),
  customer: Customer,
  lines: z.array(
    z.object({ productId: z.string(), name: z.string(), quantity: z.int(), unitPrice: Money, total: Money }),
  ),
  totals: Totals,
})
export type Order = Readonly<z.output<typeof Order>>
