import type { Product } from "@shop/contracts/products"
import { useCart } from "../cart/cart-context.js"
import { formatMoney } from "../format-money.js"
import { ProductPicture } from "./product-picture.js"

/** A product on a shelf: picture, name, price, and a button that puts one into the basket. */
export function ProductCard({ product, note }: { product: Product; note?: string | undefined }) {
  const { cart, add } = useCart()
  const inCart = cart.find(({ productId }) => productId === product.id)?.quantity ?? 0
  return (
    <li class="card">
      <a class="card-link" href={`/products/${product.id}`}>
        <ProductPicture id={product.id} />
        <span class="card-category">{product.category}</span>
        <span class="card-name">{product.name}</span>
      </a>
      {note && <p class="small">{note}</p>}
      <div class="card-foot">
        <strong>{formatMoney(product.price)}</strong>
        <button
          type="button"
          class="button"
          aria-label={`Add ${product.name} to the basket`}
          onClick={() => add(product.id)}
        >
          {inCart > 0 ? `Add · ${inCart}` : "Add"}
        </button>
      </div>
    </li>
  )
}
