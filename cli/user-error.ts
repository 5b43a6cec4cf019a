/** Exit codes of every command. */
export const exitCodes = { done: 0, failed: 1, badInput: 2, interrupted: 130, bug: 70 } as const

/** Something that a person can put right. Printed once, last, without a stack. */
export class UserError extends Error {
  override readonly name = "UserError"
  constructor(
    message: string,
    readonly exitCode: number = exitCodes.badInput,
  ) {
    super(message)
  }
}
