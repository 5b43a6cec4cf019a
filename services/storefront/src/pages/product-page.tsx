import type { Product } from "@shop/contracts/products"
import { useRoute } from "preact-iso"
import { useState } from "preact/hooks"
import { getProduct } from "../api/shop.js"
import { useAnswer } from "../api/use-answer.js"
import { useCart } from "../cart/cart-context.js"
import { formatMoney } from "../format-money.js"
import { AnswerView } from "../parts/answer-view.js"
import { ProductPicture } from "../parts/product-picture.js"
import { QuantityField } from "../parts/quantity-field.js"
import { Recommendations } from "../parts/recommendations.js"
import { useTitle } from "./use-title.js"

/** One product, and what goes with it. */
export function ProductPage() {
  const id = useRoute().params["id"] ?? ""
  const answer = useAnswer((signal) => getProduct(id, signal), id)
  useTitle(answer.state === "ready" ? answer.value.name : undefined)
  return (
    <>
      <p class="back">
        <a href="/">← All products</a>
      </p>
      <AnswerView answer={answer}>{(product) => <Detail key={product.id} product={product} />}</AnswerView>
      <Recommendations title="Goes well with it" productIds={[id]} />
    </>
  )
}

function Detail({ product }: { product: Product }) {
  const { cart, add } = useCart()
  const [quantity, setQuantity] = useState(1)
  const isInCart = cart.some(({ productId }) => productId === product.id)
  return (
    <article class="detail">
      <ProductPicture id={product.id} />
      <div>
        <p class="card-category">{product.category}</p>
        <h1>{product.name}</h1>
        <p>{product.description}</p>
        <p class="price">{formatMoney(product.price)}</p>
        <p class="small">Five or more of it are 5 % less.</p>
        <div class="actions">
          <QuantityField name={product.name} value={quantity} onChange={setQuantity} />
          <button type="button" class="button" onClick={() => add(product.id, quantity)}>
            Add to the basket
          </button>
        </div>
        {isInCart && (
          <p>
            It is in your basket. <a href="/cart">To the basket →</a>
          </p>
        )}
      </div>
    </article>
  )
}
