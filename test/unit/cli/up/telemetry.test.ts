import { describe, expect, test } from "vitest"
import { ServiceLogs } from "../../../../cli/up/service-logs.js"
import { readExits, readLogs } from "../../../../cli/up/telemetry.js"
import { receiveTelemetry } from "../../../../cli/up/telemetry-receiver.js"

/** A field of a message: bytes with their length, or a small number. */
function field(number: number, value: string | Buffer | number): Buffer {
  if (typeof value === "number") return Buffer.from([number * 8, ...varint(value)])
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes])
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
}

function message(...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields)
}

const trace = "00112233445566778899aabbccddeeff"
const traceField = (number: number) => field(number, Buffer.from(trace, "hex"))

function attribute(name: string, value: number): Buffer {
  return message(field(1, name), field(2, field(3, value)))
}

function logs(scope: string, ...records: readonly Buffer[]): Buffer {
  const scoped = message(field(1, field(1, scope)), ...records.map((record) => field(2, record)))
  return field(1, field(2, scoped))
}

const printed = (text: string, stream: number) =>
  message(field(5, field(1, text)), field(6, attribute("stdio.stream", stream)), traceField(9))

function exit(code: number): Buffer {
  const event = message(field(2, "Container exited"), field(3, attribute("exit.code", code)))
  const span = message(traceField(1), field(5, "exec /app/run"), field(11, event))
  return field(1, field(2, field(2, span)))
}

describe("what the engine tells", () => {
  test("what a process prints is known by its scope and stream", () => {
    const body = logs("dagger.io/engine.buildkit", printed("hello\n", 1), printed("oh\n", 2), printed("", 1))
    expect(readLogs(body)).toEqual([
      { kind: "printed", trace, stream: "stdout", text: "hello\n" },
      { kind: "printed", trace, stream: "stderr", text: "oh\n" },
    ])
    expect(readLogs(logs("dagger.io/core", printed("port not ready", 1)))).toEqual([])
  })

  test("a process ends with its exit code", () => {
    expect(readExits(exit(137))).toEqual([{ kind: "exited", trace, exitCode: 137 }])
  })

  test("comes over HTTP; what is no message is refused", async () => {
    const events: unknown[] = []
    const receiver = await receiveTelemetry((event) => events.push(event))
    const endpoint = receiver.variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] ?? ""
    expect((await fetch(endpoint, { method: "POST", body: new Uint8Array(exit(1)) })).status).toBe(200)
    expect((await fetch(endpoint, { method: "POST", body: new Uint8Array([10, 200]) })).status).toBe(400)
    receiver.close()
    expect(events).toEqual([{ kind: "exited", trace, exitCode: 1 }])
  })
})

describe("logs of several services", () => {
  function collect(colours: boolean) {
    const lines: string[] = []
    return { lines, logs: new ServiceLogs(["api", "gateway"], (line) => lines.push(line), colours) }
  }

  test("come line by line under their service's name, in order of their ends", () => {
    const { lines, logs } = collect(false)
    logs.add("api", "stdout", "one\ntw")
    logs.add("gateway", "stdout", "\x1b[31mred\x1b[0m\r\n")
    logs.add("api", "stderr", "other\n")
    logs.add("api", "stdout", "o\nrest")
    logs.end("api")
    expect(lines).toEqual([
      "api     | one",
      "gateway | red",
      "api     | other",
      "api     | two",
      "api     | rest",
    ])
    expect(logs.lastLines("api")).toEqual(["one", "other", "two", "rest"])
  })

  test("have a colour for each name, which stays", () => {
    const { lines, logs } = collect(true)
    logs.add("gateway", "stdout", "a\n")
    logs.add("api", "stdout", "b\n")
    logs.add("gateway", "stdout", "c\n")
    expect(lines).toEqual([
      "\x1b[33mgateway |\x1b[0m a",
      "\x1b[36mapi     |\x1b[0m b",
      "\x1b[33mgateway |\x1b[0m c",
    ])
  })
})
