import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources"
import type { SpanProcessor } from "@opentelemetry/sdk-trace-base"
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node"

/**
 * Stands in for `@opentelemetry/sdk-node`, of which the SDK only uses the tracer: the whole package brings gRPC, Jaeger, Zipkin
 * and Prometheus along, on every call.
 */
export class NodeSDK {
  readonly #provider: NodeTracerProvider

  constructor(options: { serviceName: string; spanProcessors: SpanProcessor[] }) {
    const resource = defaultResource().merge(resourceFromAttributes({ "service.name": options.serviceName }))
    this.#provider = new NodeTracerProvider({ resource, spanProcessors: options.spanProcessors })
  }

  start(): void {
    this.#provider.register()
  }

  shutdown(): Promise<void> {
    return this.#provider.shutdown()
  }
}
