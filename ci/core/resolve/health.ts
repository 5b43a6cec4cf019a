import type { HealthManifest } from "../manifest/health.js"
import type { Health } from "./resolved-service.js"

const defaultSeconds = 30

/**
 * The check of a service: what it says itself, else what the fleet says, else that its port accepts connections.
 * A service without a port has only a check that it asks for. A text says what is missing.
 */
export function resolveHealth(
  own: HealthManifest | undefined,
  inherited: HealthManifest | undefined,
  servicePort: number | undefined,
): Health | undefined | string {
  if (own === undefined && servicePort === undefined) return undefined
  const check = own ?? inherited
  const timeoutSeconds = check?.timeout ?? defaultSeconds
  if (check?.command !== undefined) return { kind: "command", command: check.command, timeoutSeconds }
  const port = check?.port ?? servicePort
  if (port === undefined) return "needs a port. Add port: to the service."
  if (check?.http !== undefined) return { kind: "http", port, path: check.http, timeoutSeconds }
  if (check?.grpc !== undefined) return { kind: "grpc", port, service: check.grpc, timeoutSeconds }
  return { kind: "tcp", port, timeoutSeconds }
}
