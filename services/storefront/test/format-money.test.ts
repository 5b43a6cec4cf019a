import { expect, test } from "vitest"
import { formatMoney } from "../src/format-money.js"

test.each([
  [4250, "EUR", "€42.50"],
  [5, "EUR", "€0.05"],
  [-890, "EUR", "-€8.90"],
  [500, "JPY", "JP¥500"],
])("%i of %s is %s", (amount, currency, text) => {
  expect(formatMoney({ amount, currency })).toBe(text)
})
