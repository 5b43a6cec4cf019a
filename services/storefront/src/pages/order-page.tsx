import type { Order } from "@shop/contracts/orders"
import { useRoute } from "preact-iso"
import { getNotifications, getOrder } from "../api/shop.js"
import { useAnswer } from "../api/use-answer.js"
import { formatMoney } from "../format-money.js"
import { AnswerView } from "../parts/answer-view.js"
import { TotalsTable } from "../parts/totals-table.js"
import { useTitle } from "./use-title.js"

/** The confirmation of an order; its address can be kept. */
export function OrderPage() {
  const id = useRoute().params["id"] ?? ""
  useTitle(`Order ${id}`)
  const answer = useAnswer((signal) => getOrder(id, signal), id)
  return <AnswerView answer={answer}>{(order) => <Confirmation order={order} />}</AnswerView>
}

function Confirmation({ order }: { order: Order }) {
  const { id, placedAt, customer, lines, totals } = order
  return (
    <>
      <h1>Thank you, {customer.name}</h1>
      <p>
        Your order <strong class="order-id">{id}</strong> was placed on{" "}
        <time dateTime={placedAt}>
          {new Date(placedAt).toLocaleString("en-IE", { dateStyle: "long", timeStyle: "short" })}
        </time>
        .
      </p>
      <div class="basket">
        <ul class="lines">
          {lines.map(({ productId, name, quantity, unitPrice, total }) => (
            <li key={productId} class="ordered-line">
              <span>
                {quantity} × {name}
              </span>
              <span class="small">{formatMoney(unitPrice)} each</span>
              <strong class="line-total">{formatMoney(total)}</strong>
            </li>
          ))}
        </ul>
        <div class="panel">
          <h2>Paid on delivery</h2>
          <TotalsTable totals={totals} />
        </div>
      </div>
      <Messages orderId={id} />
      <p>
        <a href="/">← Back to the shop</a>
      </p>
    </>
  )
}

/** What the customer was sent. An extra: the order stands without it. */
function Messages({ orderId }: { orderId: string }) {
  const answer = useAnswer((signal) => getNotifications(orderId, signal), orderId)
  if (answer.state !== "ready") return null
  return (
    <section aria-label="Messages">
      {answer.value.notifications.map(({ id, to, subject, text }) => (
        <article key={id} class="message">
          <p class="small">We wrote to {to}</p>
          <h2>{subject}</h2>
          <p class="message-text">{text}</p>
        </article>
      ))}
    </section>
  )
}
