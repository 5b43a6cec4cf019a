import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { connect } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { ensureBinaries } from "./binaries.js"
import { engineToml, garbageLimits, socketOf } from "./configuration.js"
import { ensureContent, type Content } from "./content.js"
import { daemon, launch, logTail, pidOf, terminate, type Daemon } from "./daemon.js"
import { exclusively } from "./exclusive.js"
import { EngineError } from "./failure.js"
import type { Home } from "./home.js"
import { enterNamespaces } from "./namespace.js"
import { closeOutside, dropNetwork, knownNetwork, openOutside, raiseNetwork } from "./network.js"
import { ensurePrerequisites } from "./prerequisites.js"
import type { Progress } from "./progress.js"
import { raiseRegistry, registryDaemon, runningRegistry, stopRegistry } from "./registry.js"
import { ensureSeed, publishSeed } from "./seed.js"
import type { Sources } from "./sources.js"
import { daggerVersion } from "./version.js"

/** How long a started engine may take to listen, in milliseconds. */
const patience = 60_000

/** An engine that clients can reach. */
export interface RunningEngine {
  /** Value of `_EXPERIMENTAL_DAGGER_RUNNER_HOST`. */
  readonly host: string
  /** The `dagger` CLI of the same version. */
  readonly cli: string
  /** `HOST:PORT` of the registry beside it. */
  readonly registry: string
}

/** State of the embedded engine, for people and scripts. */
export interface EngineStatus {
  readonly engine: {
    readonly running: boolean
    readonly pid?: number
    readonly host: string
    readonly version: string
  }
  readonly registry: { readonly running: boolean; readonly pid?: number; readonly address?: string }
  readonly home: string
}

/**
 * Brings the embedded engine up, from whatever state the machine is in: nothing installed, half set up, stopped,
 * killed, rebooted. Returns at once when it runs already. Only one process sets up at a time; others wait.
 */
export async function startEngine(home: Home, sources: Sources, progress: Progress): Promise<RunningEngine> {
  return exclusively(
    home,
    "engine",
    async () => {
      await ensurePrerequisites(progress)
      const binaries = await ensureBinaries(home, sources, progress)
      const seed = await ensureSeed(home, sources, progress)
      const registry = await raiseRegistry(home, binaries)
      await publishSeed(seed, registry)
      const content = await ensureContent(home, sources, binaries, progress)
      const parts = JSON.stringify([binaries, content.folder, registry])
      if (pidOf(engineDaemon(home)) === undefined || !(await listens(home)) || partsOf(home) !== parts) {
        await progress.step("Starting the engine", () => launchEngine(home, { binaries, content, registry }))
        writeFileSync(join(home.run, "parts"), parts)
      }
      return { host: socketOf(home), cli: join(binaries, "dagger"), registry }
    },
    () => progress.note("Waiting for another Slipway that is starting the engine"),
  )
}

async function launchEngine(
  home: Home,
  { binaries, content, registry }: { binaries: string; content: Content; registry: string },
): Promise<void> {
  const it = engineDaemon(home)
  await terminate(it)
  const network = await raiseNetwork(home)
  await openOutside(network)
  const config = join(home.run, "engine.toml")
  writeFileSync(config, engineToml(home, registry, garbageLimits(process.env)))
  rmSync(join(home.run, "engine.sock"), { force: true })
  const { command, args } = enterNamespaces({ home, network, binaries, content: content.folder })
  const env = { ...process.env, ...content.variables, _DAGGER_ENGINE_SYSTEMENV_SLIPWAY_REGISTRY: registry }
  launch(it, command, [...args, "--config", config], env)
  await untilItListens(home, it)
}

/** What the running engine was started from; another checkout's engine is replaced, its cache stays. */
function partsOf(home: Home): string | undefined {
  const file = join(home.run, "parts")
  return existsSync(file) ? readFileSync(file, "utf8") : undefined
}

/** Starts only the registry, from binaries that are compiled: all that a build with nothing to do needs. */
export async function startRegistryAlone(home: Home, binaries: string): Promise<string> {
  return (await runningRegistry(home)) ?? exclusively(home, "engine", () => raiseRegistry(home, binaries))
}

/** Stops the engine and closes its way out; with `all`, the registry and the network too. What they stored stays. */
export async function stopEngine(home: Home, all: boolean): Promise<void> {
  await exclusively(home, "engine", async () => {
    await terminate(engineDaemon(home))
    const network = knownNetwork(home)
    if (network) await closeOutside(network)
    if (!all) return
    await stopRegistry(home)
    await dropNetwork(home)
  })
}

/** Stops the engine and forgets its layers and cache volumes; with `all`, published images too. Binaries stay. */
export async function resetEngine(home: Home, all: boolean, progress: Progress): Promise<void> {
  await progress.step("Stopping the engine", () => stopEngine(home, all))
  await exclusively(home, "engine", async () => {
    await progress.step("Removing its layers and caches", () => remove(home.state))
    if (all) await progress.step("Removing published images", () => remove(home.registry))
  })
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true })
}

export async function engineStatus(home: Home): Promise<EngineStatus> {
  const enginePid = pidOf(engineDaemon(home))
  const registryPid = pidOf(registryDaemon(home))
  const address = await runningRegistry(home)
  return {
    engine: {
      running: enginePid !== undefined && (await listens(home)),
      ...(enginePid === undefined ? {} : { pid: enginePid }),
      host: socketOf(home),
      version: daggerVersion,
    },
    registry: {
      running: address !== undefined,
      ...(registryPid === undefined ? {} : { pid: registryPid }),
      ...(address === undefined ? {} : { address }),
    },
    home: home.root,
  }
}

export function engineDaemon(home: Home): Daemon {
  return daemon(home, "engine")
}

async function untilItListens(home: Home, it: Daemon): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(25)) {
    if (await listens(home)) return
    if (pidOf(it) === undefined) break
  }
  const tail = logTail(it)
  await terminate(it, 1_000)
  throw new EngineError(
    `The engine did not come up:\n${tail}\nWhole log: ${it.log}\nIf it stays so: ./slipway engine reset`,
  )
}

/** Whether something accepts connections on the engine's socket. */
async function listens(home: Home): Promise<boolean> {
  const path = join(home.run, "engine.sock")
  if (!existsSync(path)) return false
  return new Promise((resolve) => {
    const socket = connect(path)
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once("connect", () => end(true)).once("error", () => end(false))
    socket.setTimeout(2_000, () => end(false))
  })
}
