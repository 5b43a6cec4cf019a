import * as z from "zod/mini"
import { Product } from "./products.js"

/** A product that may please, and the one in the basket that made us think so. */
export const Recommendation = z.object({
  product: Product,
  /** Id of a product that was asked about; absent where it is only popular. */
  because: z.optional(z.string()),
})
export type Recommendation = Readonly<z.output<typeof Recommendation>>

/** Answer of `GET /api/recommendations?for=ID,ID`, the best first. */
export const RecommendationList = z.object({ recommendations: z.array(Recommendation) })
export type RecommendationList = Readonly<z.output<typeof RecommendationList>>
