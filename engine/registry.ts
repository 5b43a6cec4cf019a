import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { daemon, launch, logTail, pidOf, terminate, type Daemon } from "./daemon.js"
import { EngineError } from "./failure.js"
import type { Home } from "./home.js"
import { knownNetwork, raiseNetwork, registryAddress } from "./network.js"

/** How long a started registry may take to answer, in milliseconds. */
const patience = 15_000

export function registryDaemon(home: Home): Daemon {
  return daemon(home, "registry")
}

/**
 * Starts the embedded registry when it does not run, and returns its `HOST:PORT`. It has its own life: no engine is
 * needed for it, and stopping the engine leaves it.
 */
export async function raiseRegistry(home: Home, binaries: string): Promise<string> {
  const network = await raiseNetwork(home)
  const address = registryAddress(network)
  const it = registryDaemon(home)
  if (pidOf(it) !== undefined && (await answers(address))) return address
  await terminate(it, 2_000)
  const config = join(home.run, "registry.yml")
  writeFileSync(config, configuration(home, address))
  launch(it, join(binaries, "registry"), ["serve", config], {
    PATH: process.env["PATH"],
    OTEL_TRACES_EXPORTER: "none",
  })
  for (const end = Date.now() + patience; Date.now() < end; await sleep(20)) {
    if (await answers(address)) return address
    if (pidOf(it) === undefined) break
  }
  throw new EngineError(`The registry did not come up on ${address}:\n${logTail(it)}\nWhole log: ${it.log}`)
}

/** `HOST:PORT` when the registry runs and answers; undefined otherwise. Starts nothing. */
export async function runningRegistry(home: Home): Promise<string | undefined> {
  const network = knownNetwork(home)
  if (!network || pidOf(registryDaemon(home)) === undefined) return undefined
  const address = registryAddress(network)
  return (await answers(address)) ? address : undefined
}

export async function stopRegistry(home: Home): Promise<void> {
  await terminate(registryDaemon(home))
  rmSync(join(home.run, "registry.yml"), { force: true })
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(`http://${address}/v2/`, { signal: AbortSignal.timeout(2_000) })
    return response.ok
  } catch {
    return false
  }
}

function configuration(home: Home, address: string): string {
  return [
    "version: 0.1",
    "log: { level: warn, accesslog: { disabled: true } }",
    "storage:",
    `  filesystem: { rootdirectory: ${JSON.stringify(home.registry)} }`,
    "  delete: { enabled: true }",
    "http:",
    `  addr: ${address}`,
    "  secret: slipway",
    "",
  ].join("\n")
}
