import type { ComponentChildren } from "preact"
import type { Problem } from "@shop/contracts/problem"
import type { Answer } from "../api/use-answer.js"

/** Shows an answer of the API, or that it is still on its way, or why there is none. */
export function AnswerView<T>({
  answer,
  children,
}: {
  answer: Answer<T>
  children: (value: T) => ComponentChildren
}) {
  switch (answer.state) {
    case "waiting":
      return <Waiting />
    case "failed":
      return <ProblemNotice problem={answer.problem} retry={answer.retry} />
    case "ready":
      return <>{children(answer.value)}</>
  }
}

function Waiting() {
  return (
    <p class="waiting" role="status">
      <span class="visually-hidden">Loading</span>
      <span class="wave" aria-hidden="true" />
    </p>
  )
}

/** Tells what went wrong, and what to do where something can be done. */
export function ProblemNotice({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const isAway = problem.service !== undefined || problem.error === "offline"
  return (
    <div class="notice" role="alert">
      <p>
        {isAway
          ? "A part of the shop is away at the moment. Please try again soon."
          : sentence(problem.message)}
      </p>
      {isAway && <p class="small">Detail: {problem.message}</p>}
      {retry && (
        <button type="button" class="button quiet" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  )
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`
}
