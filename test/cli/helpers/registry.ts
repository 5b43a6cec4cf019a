import { execa } from "execa"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { homedir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { onTestFinished } from "vitest"
import { temporaryFolder } from "../../unit/helpers/repository.js"

/**
 * The embedded registry's program, which the engine's set-up compiles. A machine without it cannot run the tests of
 * a real registry; in CI that is a failure.
 */
export const registryProgram = findProgram()

/** Starts a real, empty registry and returns its `127.0.0.1:PORT`; it ends with the test. */
export async function startRegistry(): Promise<string> {
  if (registryProgram === undefined) throw new Error("./slipway engine start compiles the registry first")
  const folder = temporaryFolder()
  const address = `127.0.0.1:${await freePort()}`
  const config = join(folder, "config.yml")
  writeFileSync(
    config,
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${folder}/images}}\nhttp: {addr: ${address}}\n`,
  )
  const registry = execa(registryProgram, ["serve", config], {
    reject: false,
    env: { OTEL_TRACES_EXPORTER: "none" },
  })
  onTestFinished(async () => {
    registry.kill()
    await registry
  })
  for (let tries = 0; tries < 200; tries++) {
    const ready = await fetch(`http://${address}/v2/`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return address
    await sleep(25)
  }
  throw new Error(`the registry did not come up:\n${(await registry).stderr}`)
}

/** Publishes an image of one tiny layer under some tags and returns its digest. */
export async function publishTiny(
  address: string,
  repository: string,
  tags: readonly string[],
  content = "tiny",
) {
  const blob = async (text: string, mediaType: string) => {
    const digest = sha256(text)
    const begun = await fetch(`http://${address}/v2/${repository}/blobs/uploads/`, { method: "POST" })
    const place = new URL(begun.headers.get("location") ?? "", `http://${address}`)
    place.searchParams.set("digest", digest)
    const done = await fetch(place, {
      method: "PUT",
      body: text,
      headers: { "content-type": "application/octet-stream" },
    })
    if (done.status !== 201) throw new Error(`blob: ${done.status} ${await done.text()}`)
    return { mediaType, digest, size: Buffer.byteLength(text) }
  }
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: await blob("{}", "application/vnd.oci.image.config.v1+json"),
    layers: [await blob(content, "application/vnd.oci.image.layer.v1.tar+gzip")],
    annotations: { "dev.slipway.uncompressed-bytes": "4096" },
  })
  for (const tag of tags) {
    const url = `http://${address}/v2/${repository}/manifests/${tag}`
    const done = await fetch(url, {
      method: "PUT",
      body: manifest,
      headers: { "content-type": manifestType },
    })
    if (done.status !== 201) throw new Error(`manifest: ${done.status} ${await done.text()}`)
  }
  return sha256(manifest)
}

/** The digest that a tag names; undefined when there is no such tag. */
export async function digestOf(
  address: string,
  repository: string,
  tag: string,
): Promise<string | undefined> {
  const answer = await fetch(`http://${address}/v2/${repository}/manifests/${tag}`, {
    method: "HEAD",
    headers: { accept: manifestType },
  })
  return answer.headers.get("docker-content-digest") ?? undefined
}

const manifestType = "application/vnd.oci.image.manifest.v1+json"

function sha256(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`
}

function findProgram(): string | undefined {
  const homes = [process.env["SLIPWAY_HOME"], join(homedir(), ".slipway")].filter(
    (home) => home !== undefined,
  )
  const folders = homes.map((home) => join(home, "cache")).filter((cache) => existsSync(cache))
  const found = folders
    .flatMap((cache) => readdirSync(cache).map((name) => join(cache, name)))
    .filter((folder) => /\/bin-[^/]+$/.test(folder))
    .map((folder) => join(folder, "registry"))
    .find((program) => existsSync(program))
  if (found === undefined && process.env["CI"]) {
    throw new Error(
      "The registry is not compiled, so its tests cannot run. Run ./slipway engine start first.",
    )
  }
  return found
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
