import { execa } from "execa"
import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll } from "vitest"

/** An empty registry on loopback, where containers cannot reach it: the home's own program, until the file's end. */
export async function startLoopbackRegistry(home: string, folder: string): Promise<string> {
  const binaries = readdirSync(join(home, "cache")).find((name) => name.startsWith("bin-"))
  const address = `127.0.0.1:${await freePort()}`
  const storage = join(folder, "registry")
  mkdirSync(storage)
  const config = {
    version: "0.1",
    log: { level: "error" },
    storage: { filesystem: { rootdirectory: storage } },
  }
  const file = join(folder, "registry.yml")
  writeFileSync(file, JSON.stringify({ ...config, http: { addr: address } }))
  const registry = execa(join(home, "cache", binaries ?? "", "registry"), ["serve", file], {
    env: { OTEL_TRACES_EXPORTER: "none" },
    reject: false,
    all: true,
  })
  afterAll(() => registry.kill())
  while (!(await answers(address))) {
    if (registry.exitCode !== null) throw new Error(`the registry did not start:\n${(await registry).all}`)
    await sleep(50)
  }
  return address
}

async function answers(address: string): Promise<boolean> {
  return fetch(`http://${address}/v2/`).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** A port of loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo
      server.close(() => found(port))
    })
  })
}
