import type { Problem } from "./problem.js"

/** A value, or every problem that stood in its way; core never throws for bad input. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Wraps a value. */
export function success<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** Wraps problems; at least one is expected. */
export function failure(...problems: readonly Problem[]): {
  readonly ok: false
  readonly problems: readonly Problem[]
} {
  return { ok: false, problems }
}

/** The problems of a result; none when it holds a value. */
export function problemsOf(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems
}

/** The values of those results that have one, in their order. */
export function valuesOf<T>(results: readonly Result<T>[]): readonly T[] {
  return results.flatMap((result) => (result.ok ? [result.value] : []))
}
