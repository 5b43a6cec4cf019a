import { renderToString } from "preact-render-to-string"
import { expect, test } from "vitest"
import { ProblemNotice } from "../src/parts/answer-view.js"
import { TextField } from "../src/parts/text-field.js"
import { TotalsTable } from "../src/parts/totals-table.js"

const euros = (amount: number) => ({ amount, currency: "EUR" })
const totals = {
  subtotal: euros(8500),
  discount: euros(0),
  shipping: euros(0),
  total: euros(8500),
  tax: euros(1357),
}

test("a discount is shown where there is one, and shipping may be free", () => {
  const plain = renderToString(<TotalsTable totals={totals} />)
  expect(plain).toContain("free")
  expect(plain).not.toContain("Discount")
  expect(renderToString(<TotalsTable totals={{ ...totals, discount: euros(425) }} />)).toContain("-€4.25")
})

test("a service that is away is not told as the customer's mistake", () => {
  const problem = { error: "service_unavailable", message: "pricing cannot be reached", service: "pricing" }
  const notice = renderToString(<ProblemNotice problem={problem} />)
  expect(notice).toContain("is away at the moment")
  expect(notice).toContain("pricing cannot be reached")
})

test("a field that is wrong says so to screen readers, too", () => {
  const field = (problem: string | undefined) =>
    renderToString(
      <TextField
        name="email"
        label="E-mail"
        value=""
        problem={problem}
        autocomplete="email"
        onInput={() => {}}
      />,
    )
  expect(field("is no e-mail address")).toMatch(/aria-invalid="true" aria-describedby="email-problem"/)
  expect(field(undefined)).not.toContain("email-problem")
})
