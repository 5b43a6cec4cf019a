import type { Quote } from "@shop/contracts/baskets"
import type { Product } from "@shop/contracts/products"
import { useCart } from "../cart/cart-context.js"
import { formatMoney } from "../format-money.js"
import { ProductPicture } from "./product-picture.js"
import { QuantityField } from "./quantity-field.js"

/** The lines of the basket, whose quantities can be changed. */
export function CartLines({ products, quote }: { products: readonly Product[]; quote: Quote | undefined }) {
  const { cart, set } = useCart()
  return (
    <ul class="lines">
      {cart.map(({ productId, quantity }) => {
        const product = products.find(({ id }) => id === productId)
        const name = product?.name ?? productId
        const line = quote?.lines.find((each) => each.productId === productId)
        return (
          <li key={productId} class="line">
            <ProductPicture id={productId} />
            <div class="line-text">
              <a href={`/products/${productId}`}>{name}</a>
              <p class="small">{product ? `${formatMoney(product.price)} each` : "is not sold any more"}</p>
              <button type="button" class="link" onClick={() => set(productId, 0)}>
                Remove<span class="visually-hidden"> {name}</span>
              </button>
            </div>
            <QuantityField name={name} value={quantity} onChange={(wanted) => set(productId, wanted)} />
            <strong class="line-total">{line ? formatMoney(line.total) : "…"}</strong>
          </li>
        )
      })}
    </ul>
  )
}
