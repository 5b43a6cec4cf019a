import { getProducts, getRecommendations } from "../api/shop.js"
import { useAnswer } from "../api/use-answer.js"
import { ProductCard } from "./product-card.js"

/** Products that go with others. They are an extra: where there are none, or nobody knows, nothing is shown. */
export function Recommendations({ title, productIds }: { title: string; productIds: readonly string[] }) {
  const key = productIds.join(",")
  const answer = useAnswer(
    (signal) => Promise.all([getRecommendations(productIds, signal), getProducts(signal)]),
    key,
  )
  if (answer.state !== "ready") return null
  const [{ recommendations }, { products }] = answer.value
  if (recommendations.length === 0) return null
  const nameOf = (id: string | undefined) => products.find((product) => product.id === id)?.name
  return (
    <section class="recommendations" aria-label={title}>
      <h2>{title}</h2>
      <ul class="shelf">
        {recommendations.map(({ product, because }) => {
          const reason = nameOf(because)
          return <ProductCard key={product.id} product={product} note={reason && `Goes with ${reason}`} />
        })}
      </ul>
    </section>
  )
}
