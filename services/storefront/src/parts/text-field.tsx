/** A labelled line of text that says what is wrong with it. */
export function TextField({
  name,
  label,
  value,
  problem,
  inputMode = "text",
  autocomplete,
  onInput,
}: {
  /** Also its id. */
  name: string
  label: string
  value: string
  problem: string | undefined
  inputMode?: "text" | "email"
  autocomplete: "name" | "email"
  onInput: (value: string) => void
}) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        inputMode={inputMode}
        value={value}
        autocomplete={autocomplete}
        required
        aria-invalid={problem !== undefined}
        aria-describedby={problem && `${name}-problem`}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {problem && (
        <p id={`${name}-problem`} class="field-problem">
          {label}: {problem}
        </p>
      )}
    </div>
  )
}
