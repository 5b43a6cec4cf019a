import { useLocation } from "preact-iso"
import { useCart } from "../cart/cart-context.js"
import { countPieces } from "../cart/cart.js"

/** Name of the shop and the way to the basket; says aloud when the basket changes. */
export function Header() {
  const { cart } = useCart()
  const { path } = useLocation()
  const pieces = countPieces(cart)
  return (
    <header class="header">
      <div class="header-inner">
        <a class="brand" href="/">
          <img src="/favicon.svg" alt="" width="36" height="36" />
          The Chandlery
        </a>
        <nav aria-label="Shop">
          <a href="/" aria-current={path === "/" ? "page" : undefined}>
            Products
          </a>
          <a class="basket-link" href="/cart" aria-current={path === "/cart" ? "page" : undefined}>
            Basket <span class="badge">{pieces}</span>
          </a>
        </nav>
        <p class="visually-hidden" role="status">
          {pieces === 1 ? "1 piece in the basket" : `${pieces} pieces in the basket`}
        </p>
      </div>
    </header>
  )
}
