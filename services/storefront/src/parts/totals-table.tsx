import type { Money } from "@shop/contracts/money"
import type { Totals } from "@shop/contracts/baskets"
import { formatMoney } from "../format-money.js"

/** What a basket or an order comes to. */
export function TotalsTable({ totals }: { totals: Totals }) {
  const { subtotal, discount, shipping, total, tax } = totals
  return (
    <table class="totals">
      <caption class="visually-hidden">Totals</caption>
      <tbody>
        <Row label="Products" value={subtotal} />
        {discount.amount > 0 && <Row label="Discount" value={{ ...discount, amount: -discount.amount }} />}
        <tr>
          <th scope="row">Shipping</th>
          <td>{shipping.amount === 0 ? "free" : formatMoney(shipping)}</td>
        </tr>
        <tr class="total">
          <th scope="row">Total</th>
          <td>{formatMoney(total)}</td>
        </tr>
        <tr class="small">
          <th scope="row">VAT in it</th>
          <td>{formatMoney(tax)}</td>
        </tr>
      </tbody>
    </table>
  )
}

function Row({ label, value }: { label: string; value: Money }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{formatMoney(value)}</td>
    </tr>
  )
}
