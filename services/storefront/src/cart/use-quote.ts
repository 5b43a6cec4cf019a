import type { Quote } from "@shop/contracts/baskets"
import type { Problem } from "@shop/contracts/problem"
import { useEffect, useState } from "preact/hooks"
import { getQuote } from "../api/shop.js"
import { toProblem } from "../api/use-answer.js"
import type { Cart } from "./cart.js"

/** The last quote that is known, and what is wrong with the newest one. */
export interface QuoteState {
  readonly quote?: Quote
  readonly problem?: Problem
  /** A newer quote is on its way. */
  readonly isStale: boolean
}

/** Milliseconds without a change after which a basket is worth asking for: clicks on plus come in bursts. */
const pause = 150

/** What the basket comes to, asked anew on each change; until the answer is there the last quote stays. */
export function useQuote(lines: Cart, coupon: string | undefined): QuoteState {
  const [state, setState] = useState<QuoteState>({ isStale: true })
  const key = JSON.stringify([lines, coupon])

  useEffect(() => {
    if (lines.length === 0) return
    const controller = new AbortController()
    setState((last) => ({ ...last, isStale: true }))
    const timer = setTimeout(() => {
      getQuote({ lines: [...lines], ...(coupon ? { coupon } : {}) }, controller.signal).then(
        (quote) => setState({ quote, isStale: false }),
        (error: unknown) => {
          if (controller.signal.aborted) return
          setState(({ quote }) => ({
            ...(quote ? { quote } : {}),
            problem: toProblem(error),
            isStale: false,
          }))
        },
      )
    }, pause)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [key])

  return state
}
