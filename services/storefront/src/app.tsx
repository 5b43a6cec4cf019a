import { LocationProvider, Route, Router } from "preact-iso"
import { CartProvider } from "./cart/cart-context.js"
import { CartPage } from "./pages/cart-page.js"
import { HomePage } from "./pages/home-page.js"
import { NotFoundPage } from "./pages/not-found-page.js"
import { OrderPage } from "./pages/order-page.js"
import { ProductPage } from "./pages/product-page.js"
import { Footer } from "./parts/footer.js"
import { Header } from "./parts/header.js"

/** The whole storefront: a page for each address between header and footer. */
export function App() {
  return (
    <LocationProvider>
      <CartProvider>
        <a class="skip-link" href="#content">
          Skip to the content
        </a>
        <Header />
        <main id="content" tabIndex={-1}>
          <Router onRouteChange={toTheTop}>
            <Route path="/" component={HomePage} />
            <Route path="/products/:id" component={ProductPage} />
            <Route path="/cart" component={CartPage} />
            <Route path="/orders/:id" component={OrderPage} />
            <Route default component={NotFoundPage} />
          </Router>
        </main>
        <Footer />
      </CartProvider>
    </LocationProvider>
  )
}

/** A new page is read from its top, by eye and by screen reader. */
function toTheTop(): void {
  window.scrollTo(0, 0)
  document.getElementById("content")?.focus({ preventScroll: true })
}
