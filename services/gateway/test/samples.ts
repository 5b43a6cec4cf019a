const euros = (amount: number) => ({ amount, currency: "EUR" })

export const rope = {
  id: "rope",
  name: "Rope",
  description: "Long.",
  category: "deck",
  price: euros(4250),
}

export const lamp = { ...rope, id: "lamp", name: "Lamp", price: euros(8900) }

export const quote = {
  lines: [{ productId: "rope", quantity: 2, unitPrice: euros(4250), total: euros(8500) }],
  totals: {
    subtotal: euros(8500),
    discount: euros(0),
    shipping: euros(0),
    total: euros(8500),
    tax: euros(1357),
  },
}

export const order = {
  id: "A-1",
  placedAt: "2026-01-02T03:04:05Z",
  customer: { name: "Ada", email: "ada@example.com" },
  lines: [{ ...quote.lines[0], name: "Rope" }],
  totals: quote.totals,
}
