import { dag } from "@dagger.io/dagger"
import { setTimeout as sleep } from "node:timers/promises"
import type { Target } from "../../ci/io/load-target.js"
import { StepFailure } from "../../ci/src/images/step-failure.js"
import { askRunning, describe } from "../../ci/src/pipeline/health.js"
import { Timeout, within } from "../../ci/src/pipeline/within.js"
import type { ImageStore } from "../build/published.js"
import { engineSession } from "../engine-session.js"
import { Interrupted, unlessAborted } from "../interruption.js"
import { duration } from "../output/format.js"
import { marks, say, type Terminal } from "../output/terminal.js"
import { exitCodes, UserError } from "../user-error.js"
import type { Door } from "./door.js"
import { gateTools, openGate, type Gate } from "./gate.js"
import { startOrder, type Mention } from "./neighbours.js"
import { fleetService, type FleetService } from "./running-service.js"
import { ServiceLogs } from "./service-logs.js"
import type { Exited, Printed } from "./telemetry.js"
import { receiveTelemetry } from "./telemetry-receiver.js"
import { inTrace, traceRequests } from "./traces.js"

/** What runs together, and how it is shown. */
export interface FleetRun {
  readonly targets: readonly Target[]
  /** Digests of the published images, by service. */
  readonly digests: ReadonlyMap<string, string>
  readonly store: ImageStore
  readonly mentions: readonly Mention[]
  readonly door: Door
  /** Local port of the front door. */
  readonly port: number
  readonly terminal: Terminal
  /** Stops everything. */
  readonly signal: AbortSignal
}

/** Seconds beside its own time that a service may take to listen. */
const overhead = 20

/** Characters of the longest port with its colon. */
const longestPort = ":65535".length

/** Seconds that services have to stop before their session is closed around them. */
const stopSeconds = 5

/**
 * Runs published images together until a signal stops them, each under its name on one network of the engine, and
 * opens the door when all are well. Throws an {@link Interrupted} at the signal, and a {@link UserError} when a
 * service does not come up or the door ends.
 */
export async function runFleet(run: FleetRun): Promise<void> {
  const fleet = new Fleet(run)
  const receiver = await receiveTelemetry((event) => fleet.take(event))
  Object.assign(process.env, receiver.variables)
  traceRequests()
  try {
    await engineSession(() => fleet.live(), run.terminal.verbose ? process.stderr : undefined)
  } catch (error) {
    if (!run.signal.aborted) throw error
  } finally {
    await sleep(200) // what was printed last is on its way
    receiver.close()
  }
  if (run.signal.aborted) throw fleet.farewell()
}

class Fleet {
  readonly #begin = performance.now()
  readonly #services = new Map<string, FleetService>()
  readonly #ended = new Map<string, number>()
  readonly #logs: ServiceLogs
  #onEnd: (name: string) => void = () => {}
  #isStopping = false
  #gate: Gate | undefined

  constructor(private readonly run: FleetRun) {
    const colours = process.stderr.isTTY && !process.env["NO_COLOR"]
    const names = run.targets.map(({ service }) => service)
    this.#logs = new ServiceLogs(names, (line) => say(run.terminal, line), colours)
  }

  /** Takes what the engine tells of a process. */
  take(event: Printed | Exited): void {
    const name = [...this.#services.values()].find(({ trace }) => trace === event.trace)?.resolved.name
    if (name === undefined) return
    if (event.kind === "printed") return this.#logs.add(name, event.stream, event.text)
    if (this.#ended.has(name)) return
    this.#ended.set(name, event.exitCode)
    this.#onEnd(name)
  }

  /** Starts, waits until the end, and stops. */
  async live(): Promise<void> {
    const { targets, digests, store, signal } = this.run
    for (const target of targets) {
      const service = await fleetService(target, digests.get(target.service) ?? "", store)
      this.#services.set(target.service, service)
    }
    try {
      await unlessAborted(this.#comeUp(), signal)
      await unlessAborted(this.#stay(), signal)
    } finally {
      await this.#stop()
    }
  }

  /** The last words after a signal. */
  farewell(): Interrupted {
    const { signal } = this.run.signal.reason as Interrupted
    const count = this.#services.size
    const all = count === 1 ? "the service is" : `all ${count} services are`
    return new Interrupted(signal, `Stopped after ${duration(this.#seconds())}: ${all} down.`)
  }

  async #comeUp(): Promise<void> {
    const { targets, mentions, terminal, door, port } = this.run
    const order = startOrder(
      targets.map(({ resolved }) => resolved),
      mentions,
    )
    const tools = gateTools()
    tools.catch(() => {}) // told where it is needed
    for (const group of order) await Promise.all(group.map(({ name }) => this.#start(this.#service(name))))
    await Promise.all([...this.#services.values()].map((service) => this.#prove(service)))
    this.#gate = await openGate(door, port, await tools)
    say(
      terminal,
      `All ${this.#services.size} answer after ${duration(this.#seconds())} · ${door.name} is open at:`,
    )
    process.stdout.write(`http://127.0.0.1:${port}\n`)
    say(terminal, "Ctrl-C stops everything.")
  }

  async #start({ resolved: { name, health }, service, trace }: FleetService): Promise<void> {
    try {
      await within(
        (health?.timeoutSeconds ?? 30) + overhead,
        inTrace(trace, () => service.start()),
      )
    } catch (error) {
      await sleep(500) // its last words may come after the news of its end
      if (this.run.signal.aborted) throw error
      if (error instanceof Timeout) throw this.#failure(name, "does not listen on its port")
      throw this.#failure(name, `ended${this.#exitCodeOf(name, error)} right after its start`)
    }
  }

  /** Asks a started service for its health and says so. */
  async #prove({ resolved: { name, health, port }, image, service }: FleetService): Promise<void> {
    if (health) {
      try {
        await askRunning(image, service, health)
      } catch (error) {
        const said = error instanceof StepFailure ? `: ${error.output.trim().split("\n").at(-1)}` : ""
        throw this.#failure(name, `is not well (${describe(health)}${said})`)
      }
    }
    const widest = Math.max(...[...this.#services.keys()].map((each) => each.length))
    const place = port === undefined ? "" : `${name}:${port}`
    const what = health ? describe(health) : "started"
    say(
      this.run.terminal,
      `${marks.done} ${name.padEnd(widest + 3)}${place.padEnd(widest + longestPort + 3)}${what}`,
    )
  }

  /** Waits until the door or the last service ends; the others' ends are told. */
  #stay(): Promise<never> {
    return new Promise((_, reject) => {
      const end = (name: string): void => {
        if (this.#isStopping) return
        const story = this.#failure(name, `ended${this.#exitCodeOf(name)}`)
        const isLast = this.#ended.size === this.#services.size
        if (name === this.run.door.name || isLast) return reject(story)
        process.stderr.write(`${marks.failed} ${story.message}\nThe others run on. Ctrl-C stops them.\n`)
      }
      this.#onEnd = end
      for (const name of this.#ended.keys()) end(name)
      void this.#watchSession(reject)
    })
  }

  /** An engine that goes away takes the services with it and says nothing. */
  async #watchSession(gone: (error: UserError) => void): Promise<void> {
    while (!this.#isStopping) {
      await sleep(3_000, undefined, { ref: false })
      try {
        await dag.version()
      } catch {
        if (!this.#isStopping)
          gone(new UserError("The engine ended, and the services with it.", exitCodes.failed))
        return
      }
    }
  }

  async #stop(): Promise<void> {
    this.#isStopping = true
    const services = [...this.#services.values()].map(({ service }) => service.stop())
    const stops = [...(this.#gate ? [this.#gate.close()] : []), ...services]
    await within(stopSeconds, Promise.allSettled(stops)).catch(() => {})
    for (const name of this.#services.keys()) this.#logs.end(name)
  }

  #failure(name: string, what: string): UserError {
    this.#logs.end(name)
    const lines = this.#logs.lastLines(name)
    const last =
      lines.length === 0
        ? ["  It printed nothing."]
        : ["Its last lines:", ...lines.map((line) => `  ${line}`)]
    return new UserError([`${name} ${what}.`, ...last].join("\n"), exitCodes.failed)
  }

  #exitCodeOf(name: string, error?: unknown): string {
    const told = (error as { exitCode?: number } | undefined)?.exitCode
    const code = this.#ended.get(name) ?? told
    return code === undefined ? "" : ` with exit code ${code}`
  }

  #service(name: string): FleetService {
    const service = this.#services.get(name)
    if (!service) throw new Error(`${name} is not of this run`)
    return service
  }

  #seconds(): number {
    return (performance.now() - this.#begin) / 1000
  }
}
