import { dag, type Container, type File, type Service } from "@dagger.io/dagger"
import type { Health } from "../../core/resolve/resolved-service.js"
import { stepFailure, StepFailure, tail } from "../images/step-failure.js"
import { workbench } from "../images/workbench.js"
import { probeScript } from "./probe-script.js"

/** What the one boot of an image showed. */
export interface HealthResult {
  readonly kind: Health["kind"]
  /** Seconds from the start of the container to its first healthy answer. */
  readonly seconds: number
}

/** Where the probed service is found from the workbench. */
const alias = "service"

/**
 * Boots an image once and asks it for its health from a container beside it. Works on the archive's own bytes, so
 * what is asked is what is published. Throws a {@link StepFailure} with the service's last words.
 */
export async function checkHealth(image: File, health: Health): Promise<HealthResult> {
  const place = { stage: "health", step: describe(health) }
  const booted = await dag.container().import_(image).sync()
  const bench = await workbench().sync()
  const begin = Date.now()
  let service: Service
  try {
    service = await within(health.timeoutSeconds, start(booted, health))
  } catch (error) {
    if (error instanceof Timeout) {
      const port = "port" in health ? ` on port ${health.port}` : ""
      throw new StepFailure(place, 1, `Nothing listens${port} ${health.timeoutSeconds} s after the start.`)
    }
    throw asFailure(error, place)
  }
  try {
    const healthyAt = await probe({ booted, bench }, service, health)
    return { kind: health.kind, seconds: Math.max(0, (healthyAt - begin) / 1000) }
  } catch (error) {
    throw stepFailure(error, place)
  } finally {
    await service.stop({ kill: true }).catch(() => {}) // it may have ended by itself
  }
}

/** Starts the image as it is. Where a port is known, returns when it accepts connections. */
function start(booted: Container, health: Health): Promise<Service> {
  const exposed = "port" in health ? booted.withExposedPort(health.port) : booted
  return exposed.asService({ useEntrypoint: true }).start()
}

/** Asks until the answer is healthy; returns when that was, in milliseconds since the epoch. */
async function probe(
  { booted, bench }: { readonly booted: Container; readonly bench: Container },
  service: Service,
  health: Health,
): Promise<number> {
  const asked =
    health.kind === "command"
      ? booted.withServiceBinding(alias, service).withExec([...health.command])
      : bench
          .withServiceBinding(alias, service)
          .withExec([
            "bash",
            "-c",
            probeScript,
            "probe",
            String(health.timeoutSeconds),
            ...probeArguments(health),
          ])
  const output = await asked.stdout()
  return health.kind === "command" ? Date.now() : Number(output.trim().split("\n").at(-1))
}

function probeArguments(health: Exclude<Health, { kind: "command" }>): string[] {
  switch (health.kind) {
    case "http":
      return ["http", `http://${alias}:${health.port}${health.path}`]
    case "grpc":
      return ["grpc", `http://${alias}:${health.port}/grpc.health.v1.Health/Check`, health.service]
    case "tcp":
      return ["tcp", alias, String(health.port)]
  }
}

/** The check in words: `GET /health on port 8080`. */
export function describe(health: Health): string {
  switch (health.kind) {
    case "http":
      return `GET ${health.path} on port ${health.port}`
    case "grpc":
      return `grpc.health.v1.Health/Check on port ${health.port}`
    case "tcp":
      return `connect to port ${health.port}`
    case "command":
      return health.command.join(" ")
  }
}

/** A service that ended instead of listening: the engine's error holds what it printed. */
function asFailure(error: unknown, place: { stage: string; step: string }): unknown {
  const failure = stepFailure(error, place)
  if (failure instanceof StepFailure || !(error instanceof Error)) return failure
  return new StepFailure(place, 1, `The service ended right after its start.\n${tail(error.message, 20)}`, {
    cause: error,
  })
}

class Timeout extends Error {}

async function within<T>(seconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Timeout()), seconds * 1000)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
