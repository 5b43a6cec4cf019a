import { once } from "node:events"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { gunzipSync } from "node:zlib"
import { readExits, readLogs, type Exited, type Printed } from "./telemetry.js"

/** Where the engine's client sends what processes print and how they end, as it happens. */
export interface TelemetryReceiver {
  /** What a session needs in its environment to send everything here. */
  readonly variables: Readonly<Record<string, string>>
  close(): void
}

/** Listens on a loopback port for OTLP over HTTP. Dagger keeps no output of services; this is how it tells it. */
export async function receiveTelemetry(
  onEvent: (event: Printed | Exited) => void,
): Promise<TelemetryReceiver> {
  const server = createServer((request, response) => {
    read(request)
      .then((body) => {
        for (const event of request.url === "/v1/logs" ? readLogs(body) : readExits(body)) onEvent(event)
        response.writeHead(200, { "content-type": "application/x-protobuf" }).end()
      })
      .catch(() => response.writeHead(400).end())
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    variables: {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${address}/v1/traces`,
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/protobuf",
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${address}/v1/logs`,
      OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: "http/protobuf",
      OTEL_EXPORTER_OTLP_TRACES_LIVE: "1",
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function read(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part as Uint8Array)
  const body = Buffer.concat(parts)
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body
}
