import { maxQuantity } from "@shop/contracts/baskets"

/** A number of pieces with a button for one less and one more. */
export function QuantityField({
  name,
  value,
  least = 1,
  onChange,
}: {
  /** What is counted, for those who do not see where the field stands. */
  name: string
  value: number
  /** The fewest pieces; 0 where less than one takes the product away. */
  least?: number
  onChange: (quantity: number) => void
}) {
  const change = (quantity: number) => onChange(Math.max(least, Math.min(maxQuantity, quantity)))
  return (
    <div class="quantity" role="group" aria-label={`Quantity of ${name}`}>
      <button
        type="button"
        aria-label={`One ${name} less`}
        disabled={value <= least}
        onClick={() => change(value - 1)}
      >
        −
      </button>
      <input
        type="number"
        inputMode="numeric"
        aria-label={`Pieces of ${name}`}
        min={least}
        max={maxQuantity}
        value={value}
        onChange={({ currentTarget }) => {
          const typed = currentTarget.valueAsNumber
          if (Number.isInteger(typed)) change(typed)
          else currentTarget.value = String(value)
        }}
      />
      <button
        type="button"
        aria-label={`One ${name} more`}
        disabled={value >= maxQuantity}
        onClick={() => change(value + 1)}
      >
        +
      </button>
    </div>
  )
}
