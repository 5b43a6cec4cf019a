import type { Product } from "@shop/contracts/products"
import { useState } from "preact/hooks"
import { getProducts } from "../api/shop.js"
import { useAnswer } from "../api/use-answer.js"
import { useCart } from "../cart/cart-context.js"
import { useQuote } from "../cart/use-quote.js"
import { AnswerView, ProblemNotice } from "../parts/answer-view.js"
import { CartLines } from "../parts/cart-lines.js"
import { Checkout } from "../parts/checkout.js"
import { CouponField } from "../parts/coupon-field.js"
import { Recommendations } from "../parts/recommendations.js"
import { TotalsTable } from "../parts/totals-table.js"
import { useTitle } from "./use-title.js"

/** The basket: its lines, what they come to, and the form that orders them. */
export function CartPage() {
  useTitle("Basket")
  const { cart } = useCart()
  const answer = useAnswer(getProducts, "products")
  return (
    <>
      <h1>Your basket</h1>
      {cart.length === 0 ? (
        <p class="empty">
          There is nothing in it yet. <a href="/">Look around the shop →</a>
        </p>
      ) : (
        <AnswerView answer={answer}>{({ products }) => <FilledCart products={products} />}</AnswerView>
      )}
      <Recommendations
        title={cart.length === 0 ? "What others like" : "Goes with your basket"}
        productIds={cart.map(({ productId }) => productId)}
      />
    </>
  )
}

function FilledCart({ products }: { products: readonly Product[] }) {
  const { cart } = useCart()
  const [coupon, setCoupon] = useState<string>()
  const { quote, problem, isStale } = useQuote(cart, coupon)
  const couponProblem = problem?.error === "unknown_coupon" ? problem : undefined
  const otherProblem = couponProblem ? undefined : problem
  return (
    <div class="basket">
      <CartLines products={products} quote={quote} />
      <div class="panel">
        <h2>Order</h2>
        <div aria-busy={isStale} aria-live="polite">
          {quote && <TotalsTable totals={quote.totals} />}
        </div>
        {otherProblem && <ProblemNotice problem={otherProblem} />}
        <CouponField coupon={coupon} refused={couponProblem?.message} onChange={setCoupon} />
        <Checkout
          coupon={couponProblem ? undefined : coupon}
          isReady={quote !== undefined && !isStale && !otherProblem}
        />
      </div>
    </div>
  )
}
