import type { Problem } from "@shop/contracts/problem"

/** An answer that is no success: its status and what it says. Thrown in a route, it becomes the route's answer. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.message)
  }
}

/** Why there is no usable answer: nobody there, too slow, or not what the service says when it is well. */
export type FailureReason = NonNullable<Problem["reason"]>

const told: Readonly<Record<FailureReason, string>> = {
  unreachable: "cannot be reached",
  timeout: "did not answer in time",
  bad_answer: "gave an answer that makes no sense",
}

/** A service without which the request cannot be answered: 503 where asking again may help, else 502. */
export class ServiceFailure extends Refusal {
  constructor(
    service: string,
    reason: FailureReason,
    /** For the log, not for the one who asked. */
    readonly detail: string,
  ) {
    super(reason === "bad_answer" ? 502 : 503, {
      error: "service_unavailable",
      message: `${service} ${told[reason]}`,
      service,
      reason,
    })
  }
}
