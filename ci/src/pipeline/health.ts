import { dag, type File } from "@dagger.io/dagger"
import type { Health } from "../../core/resolve/resolved-service.js"
import { stepFailure, StepFailure, tail, type StepPlace } from "../images/step-failure.js"
import { workbench } from "../images/workbench.js"
import { probeScript } from "./probe-script.js"
import { Timeout, within } from "./within.js"

/** What the one boot of an image showed. */
export interface HealthResult {
  readonly kind: Health["kind"]
  /** Seconds from the start of the container to its first healthy answer; absent when an earlier boot of the same image is remembered. */
  readonly seconds?: number
}

/** Where the probed service is found from the workbench. */
const alias = "service"

/** Seconds that starting containers may take beside the service's own time. */
const overhead = 20

/**
 * Boots an image once and asks it for its health from a container beside it. Works on the archive's own bytes, so
 * what is asked is what is published; the engine remembers a good answer by those bytes, and does not boot them
 * again. Throws a {@link StepFailure} with the service's last words.
 */
export async function checkHealth(image: File, health: Health): Promise<HealthResult> {
  const place = { stage: "health", step: describe(health) }
  const booted = await dag.container().import_(image).sync()
  const bench = await workbench().sync()
  const service = ("port" in health ? booted.withExposedPort(health.port) : booted).asService({
    useEntrypoint: true,
  })
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
  const begin = Date.now()
  try {
    const output = await within(health.timeoutSeconds + overhead, asked.stdout())
    if (health.kind === "command") return { kind: "command", seconds: (Date.now() - begin) / 1000 }
    const healthyAt = Number(output.trim().split("\n").at(-1))
    return { kind: health.kind, ...(healthyAt < begin ? {} : { seconds: (healthyAt - begin) / 1000 }) }
  } catch (error) {
    throw asFailure(error, health, place)
  } finally {
    void service.stop({ kill: true }).catch(() => {}) // it may not run (any more)
  }
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

/** What went wrong, as far as the engine tells: no port, an early end with what was printed, or an unhealthy answer. */
function asFailure(error: unknown, health: Health, place: StepPlace): unknown {
  if (error instanceof Timeout) {
    const port = "port" in health ? ` on port ${health.port}` : ""
    return new StepFailure(place, 1, `Nothing listens${port} ${health.timeoutSeconds} s after the start.`)
  }
  const failure = stepFailure(error, place)
  if (failure instanceof StepFailure || !(error instanceof Error)) return failure
  return new StepFailure(place, 1, `The service ended right after its start.\n${tail(error.message, 20)}`, {
    cause: error,
  })
}
