import { useState } from "preact/hooks"

/** A coupon that can be redeemed and taken back. */
export function CouponField({
  coupon,
  refused,
  onChange,
}: {
  coupon: string | undefined
  /** Why the shop does not take the coupon. */
  refused: string | undefined
  onChange: (coupon: string | undefined) => void
}) {
  const [typed, setTyped] = useState(coupon ?? "")
  if (coupon !== undefined && refused === undefined) {
    return (
      <p class="coupon-taken">
        Coupon <strong>{coupon}</strong>{" "}
        <button type="button" class="link" onClick={() => onChange(undefined)}>
          Take it back
        </button>
      </p>
    )
  }
  return (
    <form
      class="coupon"
      onSubmit={(event) => {
        event.preventDefault()
        onChange(typed.trim().toUpperCase() || undefined)
      }}
    >
      <label for="coupon">Coupon</label>
      <div class="coupon-row">
        <input
          id="coupon"
          value={typed}
          maxLength={32}
          autocomplete="off"
          aria-invalid={refused !== undefined}
          aria-describedby={refused && "coupon-refused"}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <button type="submit" class="button quiet">
          Redeem
        </button>
      </div>
      {refused && (
        <p id="coupon-refused" class="field-problem" role="alert">
          {refused}
        </p>
      )}
    </form>
  )
}
