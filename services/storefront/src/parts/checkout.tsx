import { Customer } from "@shop/contracts/orders"
import type { Problem } from "@shop/contracts/problem"
import { useLocation } from "preact-iso"
import { useState } from "preact/hooks"
import { placeOrder } from "../api/shop.js"
import { toProblem } from "../api/use-answer.js"
import { useCart } from "../cart/cart-context.js"
import { ProblemNotice } from "./answer-view.js"
import { TextField } from "./text-field.js"

/** Asks who orders, places the order and goes to its confirmation. */
export function Checkout({ coupon, isReady }: { coupon: string | undefined; isReady: boolean }) {
  const { cart, clear } = useCart()
  const { route } = useLocation()
  const [fields, setFields] = useState({ name: "", email: "" })
  const [wrong, setWrong] = useState<Partial<Record<keyof Customer, string>>>({})
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    const customer = Customer.safeParse(fields)
    setWrong(customer.success ? {} : complaintsByField(customer.error.issues))
    if (!customer.success) {
      const first = String(customer.error.issues[0]?.path[0])
      document.getElementById(first)?.focus()
      return
    }
    setSending(true)
    setProblem(undefined)
    try {
      const order = await placeOrder({
        lines: [...cart],
        customer: customer.data,
        ...(coupon ? { coupon } : {}),
      })
      clear()
      route(`/orders/${order.id}`)
    } catch (error) {
      setProblem(toProblem(error))
      setSending(false)
    }
  }

  const field = (name: keyof Customer) => ({
    name,
    value: fields[name],
    problem: wrong[name],
    onInput(value: string) {
      setFields((now) => ({ ...now, [name]: value }))
      // What is being mended is not complained about; the next try checks again.
      setWrong(({ [name]: _mended, ...others }) => others)
    },
  })
  return (
    <form class="checkout" noValidate onSubmit={submit}>
      <TextField {...field("name")} label="Name" autocomplete="name" />
      <TextField {...field("email")} label="E-mail" inputMode="email" autocomplete="email" />
      {problem && <ProblemNotice problem={problem} />}
      <button type="submit" class="button wide" disabled={!isReady || isSending}>
        {isSending ? "Placing the order …" : "Place the order"}
      </button>
    </form>
  )
}

function complaintsByField(issues: readonly { path: PropertyKey[]; message: string }[]) {
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message]))
}
