/** Set-up or start that cannot go on for a reason outside Slipway. The message says what, where and the fix. */
export class EngineError extends Error {
  override readonly name = "EngineError"
}
