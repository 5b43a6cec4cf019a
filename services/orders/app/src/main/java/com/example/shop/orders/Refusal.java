package com.example.shop.orders;

/** An answer that is no success: thrown anywhere in a request, it becomes the request's answer. */
class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final int status;
  final transient Problem problem;

  Refusal(int status, Problem problem) {
    super(problem.message());
    this.status = status;
    this.problem = problem;
  }

  /** A neighbour without which the request cannot be answered: 503 where asking again may help, else 502. */
  static Refusal down(String service, String reason) {
    var told =
        switch (reason) {
          case "timeout" -> "did not answer in time";
          case "unreachable" -> "cannot be reached";
          default -> "gave an answer that makes no sense";
        };
    var status = reason.equals("bad_answer") ? 502 : 503;
    return new Refusal(
        status, new Problem("service_unavailable", service + " " + told, service, reason));
  }
}
