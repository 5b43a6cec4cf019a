import * as z from "zod/mini"

/** Body of every answer that is no success. */
export const Problem = z.object({
  /** What programs look at, such as `not_found`. */
  error: z.string(),
  /** What people read. */
  message: z.string(),
  /** The service without which the request could not be answered; only with 502 and 503. */
  service: z.optional(z.string()),
  /** What is wrong with that service. */
  reason: z.optional(z.enum(["unreachable", "timeout", "bad_answer"])),
})
export type Problem = Readonly<z.output<typeof Problem>>

/** Every complaint of a check in one line, each with the place in the message. */
export function complaints(error: z.core.$ZodError): string {
  return error.issues
    .map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "))
    .join("; ")
}
