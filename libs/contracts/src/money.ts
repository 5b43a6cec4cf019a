import * as z from "zod/mini"

/** An exact amount, in the currency's smallest unit: 4250 EUR are 42.50 €. */
export const Money = z.object({
  amount: z.int(),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
})
export type Money = Readonly<z.output<typeof Money>>
