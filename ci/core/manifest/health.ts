import { z } from "zod"
import { port, text } from "./values.js"

const kinds = ["http", "grpc", "tcp", "command"] as const

function noPath(found: string): string {
  return found.startsWith("/")
    ? "has a space or a #, which no path of a URL has. Write %20 or %23 for it."
    : "is no path of a URL. Begin it with a slash, as in /health."
}

/** How to see that a started service works: exactly one kind of check. */
export const health = z
  .strictObject({
    http: z
      .string()
      .regex(/^\/[^\s#]*$/, { error: (issue) => noPath(String(issue.input)) })
      .optional()
      .describe("Path that answers 200 to 299 when the service is well"),
    grpc: z
      .string()
      .optional()
      .describe("Service name to ask of the gRPC health protocol; empty for the whole server"),
    tcp: z.literal(true).optional().describe("The port accepts a connection"),
    command: z
      .array(text)
      .min(1)
      .optional()
      .describe(
        "Program of the image that exits with 0 when the service is well; it runs in a second container of the image, which reaches the service as service:PORT",
      ),
    port: port.optional().describe("Port of the check, where it is not the service's own"),
    timeout: z
      .number()
      .min(1)
      .max(600)
      .optional()
      .describe("Seconds until the service must be well; 30 by default"),
  })
  .superRefine((check, context) => {
    const named = kinds.filter((kind) => check[kind] !== undefined)
    if (named.length === 1) return
    const message =
      named.length === 0
        ? `names no check. Give one of ${kinds.join(", ")}.`
        : `names ${named.length} checks, ${named.join(" and ")}. Keep one of them.`
    context.addIssue({ code: "custom", message })
  })
  .describe("How to see that a started service works: one of http, grpc, tcp, command")

/** A `health:` part as written. */
export type HealthManifest = z.output<typeof health>
