import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { dag, type Container, type File, type Service } from "@dagger.io/dagger"
import type { Health } from "../../core/resolve/resolved-service.js"
import { remedyFor, type Started } from "../../core/last-words.js"
import { stepFailure, StepFailure, tail, type StepPlace } from "../images/step-failure.js"
import type { StageStore } from "../images/stage-store.js"
import { workbench } from "../images/workbench.js"
import { firstWords, type FirstWords } from "./first-words.js"
import { probeScript } from "./probe-script.js"
import { Timeout, within } from "./within.js"

/** What the one boot of an image showed. */
export interface HealthResult {
  readonly kind: Health["kind"]
  /** Seconds from the start of the container to its first healthy answer; absent when an earlier boot of the same image is remembered. */
  readonly seconds?: number
}

/** What a check goes by beside the image. */
export interface HealthOptions {
  readonly store?: StageStore
  /** The folder that the service starts in, if its manifest can say where in it the service may write. */
  readonly folder?: string
}

/** Where the probed service is found from the workbench. */
const alias = "service"

/** Seconds for which a service that is not well runs once more, to tell what it prints. */
const listening = 5

/** Seconds that starting containers may take beside the service's own time. */
const overhead = 20

/**
 * Boots an image once and asks it for its health from a container beside it. Works on the archive's own bytes, so
 * what is asked is what is published; the engine remembers a good answer by those bytes, and does not boot them
 * again. Throws a {@link StepFailure} with the service's last words.
 */
export async function checkHealth(
  image: File,
  health: Health,
  { store, folder }: HealthOptions,
): Promise<HealthResult> {
  const place = { stage: "health", step: describe(health) }
  const booted = await dag.container().import_(image).sync()
  const bench = await workbench(store)
  const service = ("port" in health ? booted.withExposedPort(health.port) : booted).asService({
    useEntrypoint: true,
  })
  const asked = ask({ image: booted, bench, service }, health)
  const begin = Date.now()
  try {
    const healthyAt = await within(health.timeoutSeconds + overhead, asked)
    return { kind: health.kind, ...(healthyAt < begin ? {} : { seconds: (healthyAt - begin) / 1000 }) }
  } catch (error) {
    const failure = endedEarly(error) ? new StepFailure(place, 1, ended) : asFailure(error, health, place)
    if (!(failure instanceof StepFailure)) throw failure
    const words = firstWords(booted, Math.min(health.timeoutSeconds, listening)).catch(() => undefined)
    throw new StepFailure(
      place,
      failure.exitCode,
      story(failure.output, await words, { folder, port: "port" in health ? health.port : undefined }),
      {
        cause: error,
      },
    )
  } finally {
    void service.stop({ kill: true }).catch(() => {}) // it may not run (any more)
  }
}

/**
 * Asks a service that runs already for its health, now, whatever the engine remembers. Throws a {@link StepFailure}
 * when it is not well in time.
 */
export async function askRunning(image: Container, service: Service, health: Health): Promise<void> {
  const nonce = randomUUID()
  const now = (container: Container) => container.withEnvVariable("SLIPWAY_ASKED", nonce)
  const bench = now(await workbench())
  try {
    const asked = ask({ image: now(image), bench, service }, health)
    await within(health.timeoutSeconds + overhead, asked)
  } catch (error) {
    throw asFailure(error, health, { stage: "health", step: describe(health) })
  }
}

/** Who asks, and whom. */
interface Asking {
  /** A container of the service's own image. */
  readonly image: Container
  readonly bench: Container
  readonly service: Service
}

/** Asks until the answer is good; returns when that was, which may be an earlier boot. */
function ask({ image, bench, service }: Asking, health: Health): Promise<number> {
  return health.kind === "command"
    ? askCommand(image.withServiceBinding(alias, service), health)
    : askProbe(bench.withServiceBinding(alias, service), health)
}

type Kind<K extends Health["kind"]> = Extract<Health, { kind: K }>

/** Asks from the workbench until the answer is good; returns when that was, which may be an earlier boot. */
async function askProbe(bench: Container, health: Kind<"http" | "grpc" | "tcp">): Promise<number> {
  const limit = String(health.timeoutSeconds)
  const asked = bench.withExec(["bash", "-c", probeScript, "probe", limit, ...probeArguments(health)])
  return Number((await asked.stdout()).trim().split("\n").at(-1))
}

/** Runs the image's own check until it says well: a service may need a moment to get there. */
async function askCommand(container: Container, health: Kind<"command">): Promise<number> {
  const deadline = Date.now() + health.timeoutSeconds * 1000
  for (let attempt = 1; ; attempt++) {
    try {
      const asked = container
        .withEnvVariable("SLIPWAY_ATTEMPT", String(attempt))
        .withExec([...health.command])
      await asked.sync()
      return Date.now()
    } catch (error) {
      if (Date.now() >= deadline || endedEarly(error)) throw error
    }
    await sleep(250)
  }
}

/** The engine's words for a bound service whose process ended before it was ready, or once it had been. */
function endedEarly(error: unknown): boolean {
  const words =
    /\(aliased as \w+\): (exit code: \d+|service exited before)|^lookup \w+ for hosts file: [^]*no such host/
  return error instanceof Error && words.test(error.message)
}

/** What is said of a service that did not stay to be asked. */
const ended = "The service ended right after its start."

/** What the probe said, and what the service itself printed when it ran once more. */
function story(said: string, words: FirstWords | undefined, started: Started): string {
  if (words === undefined) return said
  const code = words.exitCode === undefined ? "" : `, and ended with exit code ${words.exitCode}`
  const printed =
    words.output === "" ? `It printed nothing${code}.` : `It printed${code}:\n${tail(words.output, 20)}`
  const remedy = remedyFor(words.output, started)
  return [said, printed, ...(remedy === undefined ? [] : [remedy])].join("\n")
}

function probeArguments(health: Kind<"http" | "grpc" | "tcp">): string[] {
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

/** What went wrong, as far as the engine tells: no port, or an unhealthy answer. */
function asFailure(error: unknown, health: Health, place: StepPlace): unknown {
  if (!(error instanceof Timeout)) return stepFailure(error, place)
  const port = "port" in health ? ` on port ${health.port}` : ""
  const found = `Nothing listens${port} ${health.timeoutSeconds} s after the start.`
  return new StepFailure(place, 1, `${found} On localhost alone nobody reaches it: let it listen on 0.0.0.0.`)
}
