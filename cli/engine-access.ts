import { once } from "node:events"
import { Socket } from "node:net"
import { chooseEngine, type EngineChoice } from "../engine/choose.js"
import { socketOf } from "../engine/configuration.js"
import { startEngine } from "../engine/engine.js"
import { EngineError } from "../engine/failure.js"
import { openHome, type Home } from "../engine/home.js"
import { sourcesOf } from "../engine/sources.js"
import { engineProgress } from "./output/engine-progress.js"
import type { Terminal } from "./output/terminal.js"

/** The engine that this run uses. */
export interface EngineAccess {
  readonly kind: "named" | "stock" | "embedded"
  /** Path of the dagger CLI. */
  readonly cli: string
  /** Environment variables with which CLI and SDK reach the engine. */
  readonly variables: Readonly<Record<string, string>>
  /** `HOST:PORT` of the embedded registry; only the embedded engine has one. */
  readonly registry?: string
}

/** After `eval "$(slipway env)"` the named engine is our own, which may have to be started. */
function own(choice: EngineChoice, home: Home): EngineChoice {
  const isOurs = choice.kind === "named" && choice.host === socketOf(home)
  return isOurs ? { kind: "embedded", because: "the environment names it" } : choice
}

/** Chooses an engine and, if it is the embedded one, brings it up. */
export async function reachEngine(project: string, terminal: Terminal): Promise<EngineAccess> {
  const home = openHome(process.env)
  const choice = own(await chooseEngine(process.env), home)
  const quiet = { DAGGER_NO_NAG: "1", DO_NOT_TRACK: "1" }
  if (choice.kind === "named") {
    await expectAnswer(choice.host)
    const registry = process.env["SLIPWAY_REGISTRY"]
    const variables = {
      ...quiet,
      _EXPERIMENTAL_DAGGER_RUNNER_HOST: choice.host,
      _EXPERIMENTAL_DAGGER_CLI_BIN: choice.cli,
    }
    return { kind: "named", cli: choice.cli, variables, ...(registry ? { registry } : {}) }
  }
  if (choice.kind === "stock") {
    return {
      kind: "stock",
      cli: choice.cli,
      variables: { ...quiet, _EXPERIMENTAL_DAGGER_CLI_BIN: choice.cli },
    }
  }
  const running = await startEngine(home, sourcesOf(project), engineProgress(terminal))
  return {
    kind: "embedded",
    cli: running.cli,
    registry: running.registry,
    variables: {
      ...quiet,
      _EXPERIMENTAL_DAGGER_RUNNER_HOST: running.host,
      _EXPERIMENTAL_DAGGER_CLI_BIN: running.cli,
      SLIPWAY_REGISTRY: running.registry,
    },
  }
}

/** Knocks at a named engine where its address says how; the SDK would try in silence for many minutes. */
async function expectAnswer(host: string): Promise<void> {
  const [, kind, path = ""] = /^(unix|tcp):\/\/(.+)$/.exec(host) ?? []
  if (kind === undefined) return
  const [, name = "", port] = /^(.*):(\d+)$/.exec(path) ?? []
  const socket = new Socket()
  try {
    if (kind === "unix") socket.connect(path)
    else socket.connect(Number(port), name)
    await once(socket, "connect", { signal: AbortSignal.timeout(5_000) })
  } catch (error) {
    const why = error instanceof Error && error.name !== "AbortError" ? error.message : "no answer within 5 s"
    throw new EngineError(
      `The engine that _EXPERIMENTAL_DAGGER_RUNNER_HOST names does not answer: ${why}. Start it, or unset the variable to use the embedded engine.`,
    )
  } finally {
    socket.destroy()
  }
}
