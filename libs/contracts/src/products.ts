import * as z from "zod/mini"
import { Money } from "./money.js"

/** One thing that the shop sells. */
export const Product = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  price: Money,
})
export type Product = Readonly<z.output<typeof Product>>

/** Answer of `GET /api/products`, in the order of the catalogue. */
export const ProductList = z.object({ products: z.array(Product) })
export type ProductList = Readonly<z.output<typeof ProductList>>
