import { Message } from "./protobuf.js"

/** Something that a process of the engine printed. */
export interface Printed {
  readonly kind: "printed"
  readonly trace: string
  readonly stream: "stdout" | "stderr"
  /** As it came: neither whole lines nor one line alone. */
  readonly text: string
}

/** A process of the engine ended. */
export interface Exited {
  readonly kind: "exited"
  readonly trace: string
  readonly exitCode: number
}

/** The scope under which the engine tells what processes print. */
const processScope = "dagger.io/engine.buildkit"

/** What processes printed, out of a body that the engine's client sends to an OTLP endpoint for logs. */
export function readLogs(body: Uint8Array): readonly Printed[] {
  const scopes = new Message(body).messages(1).flatMap((resource) => resource.messages(2))
  const records = scopes
    .filter((scope) => scope.messages(1)[0]?.text(1) === processScope)
    .flatMap((scope) => scope.messages(2))
  return records.flatMap((record): Printed[] => {
    const text = record.messages(5)[0]?.text(1) ?? ""
    const stream = attribute(record.messages(6), "stdio.stream")?.number(3)
    if (text === "" || stream === undefined) return []
    return [{ kind: "printed", trace: record.hex(9), stream: stream === 2 ? "stderr" : "stdout", text }]
  })
}

/** Which processes ended, out of a body for traces; one that is told twice is there twice. */
export function readExits(body: Uint8Array): readonly Exited[] {
  const spans = new Message(body)
    .messages(1)
    .flatMap((resource) => resource.messages(2))
    .flatMap((scope) => scope.messages(2))
  return spans.flatMap((span) =>
    span
      .messages(11)
      .filter((event) => event.text(2) === "Container exited")
      .map((event): Exited => {
        const exitCode = attribute(event.messages(3), "exit.code")?.number(3) ?? 0
        return { kind: "exited", trace: span.hex(1), exitCode }
      }),
  )
}

function attribute(attributes: readonly Message[], name: string): Message | undefined {
  return attributes.find((each) => each.text(1) === name)?.messages(2)[0]
}
