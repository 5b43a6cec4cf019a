import type { Money } from "@shop/contracts/money"

/** An amount as people write it: 42.50 €. */
export function formatMoney({ amount, currency }: Money, locale = "en-IE"): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
