import type { Product } from "@shop/contracts/products"
import { useLocation } from "preact-iso"
import { getProducts } from "../api/shop.js"
import { useAnswer } from "../api/use-answer.js"
import { AnswerView } from "../parts/answer-view.js"
import { ProductCard } from "../parts/product-card.js"
import { useTitle } from "./use-title.js"

/** Everything on sale, or one category of it. */
export function HomePage() {
  useTitle(undefined)
  const answer = useAnswer(getProducts, "products")
  const chosen = useLocation().query["category"]
  return (
    <>
      <div class="hero">
        <h1>Rope, brass and charts for small ships</h1>
        <p>Things that hold in weather, packed by people who sail. Free shipping from €75.</p>
      </div>
      <AnswerView answer={answer}>
        {({ products }) => (
          <>
            <Categories products={products} chosen={chosen} />
            <ul class="shelf">
              {products
                .filter(({ category }) => chosen === undefined || category === chosen)
                .map((product) => (
                  <ProductCard key={product.id} product={product} />
                ))}
            </ul>
          </>
        )}
      </AnswerView>
    </>
  )
}

function Categories({ products, chosen }: { products: readonly Product[]; chosen: string | undefined }) {
  const categories = [...new Set(products.map(({ category }) => category))].sort()
  return (
    <nav class="categories" aria-label="Categories">
      <a href="/" aria-current={chosen === undefined ? "true" : undefined}>
        All
      </a>
      {categories.map((category) => (
        <a
          key={category}
          href={`/?category=${encodeURIComponent(category)}`}
          aria-current={category === chosen ? "true" : undefined}
        >
          {category}
        </a>
      ))}
    </nav>
  )
}
