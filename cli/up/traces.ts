import { propagation, type TextMapPropagator } from "@opentelemetry/api"
import { AsyncLocalStorage } from "node:async_hooks"
import { randomBytes } from "node:crypto"

const current = new AsyncLocalStorage<string>()

/** Puts the trace that a call belongs to into its request, as W3C Trace Context says. */
const propagator: TextMapPropagator = {
  inject(_context, carrier, setter) {
    const trace = current.getStore()
    if (trace !== undefined)
      setter.set(carrier, "traceparent", `00-${trace}-${randomBytes(8).toString("hex")}-01`)
  },
  extract: (context) => context,
  fields: () => ["traceparent"],
}

/** Lets {@link inTrace} reach requests. To be called before a session is opened: its SDK would register another way. */
export function traceRequests(): void {
  propagation.setGlobalPropagator(propagator)
}

/** The id of a new trace. */
export function newTrace(): string {
  return randomBytes(16).toString("hex")
}

/** Calls the engine within a trace: what it starts for this call, it tells under the trace's id. */
export function inTrace<T>(trace: string, action: () => Promise<T>): Promise<T> {
  return current.run(trace, action)
}
