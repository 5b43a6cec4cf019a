import { createContext, type ComponentChildren } from "preact"
import { useContext, useEffect, useMemo, useState } from "preact/hooks"
import { addToCart, parseCart, setQuantity, type Cart } from "./cart.js"

/** The basket of this browser, and what can be done with it. */
export interface CartAccess {
  readonly cart: Cart
  add(productId: string, quantity?: number): void
  set(productId: string, quantity: number): void
  clear(): void
}

const Context = createContext<CartAccess | undefined>(undefined)
const storageKey = "chandlery.basket"

/** Holds the basket for everything in it, and keeps it until the next visit. */
export function CartProvider({ children }: { children: ComponentChildren }) {
  const [cart, setCart] = useState<Cart>(() => parseCart(load()))
  useEffect(() => store(JSON.stringify(cart)), [cart])
  useEffect(() => {
    // Another tab changed the basket.
    const follow = (event: StorageEvent) => event.key === storageKey && setCart(parseCart(event.newValue))
    window.addEventListener("storage", follow)
    return () => window.removeEventListener("storage", follow)
  }, [])

  const access = useMemo<CartAccess>(
    () => ({
      cart,
      add: (productId, quantity = 1) => setCart((now) => addToCart(now, productId, quantity)),
      set: (productId, quantity) => setCart((now) => setQuantity(now, productId, quantity)),
      clear: () => setCart([]),
    }),
    [cart],
  )
  return <Context.Provider value={access}>{children}</Context.Provider>
}

/** The basket; only below a `CartProvider`. */
export function useCart(): CartAccess {
  const access = useContext(Context)
  if (!access) throw new Error("useCart is called outside of a CartProvider")
  return access
}

function load(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null // storage is switched off: the basket lasts as long as the page
  }
}

function store(text: string): void {
  try {
    localStorage.setItem(storageKey, text)
  } catch {
    // As above.
  }
}
