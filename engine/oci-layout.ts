import { createHash } from "node:crypto"
import { createReadStream, createWriteStream, mkdirSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { PassThrough, type Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGzip } from "node:zlib"

/** Descriptor of one blob: OCI image specification, `descriptor.md`. */
interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

/** Writes an OCI image layout with one layer, the given tar stream. Returns the manifest's digest. */
export async function writeOciLayout(folder: string, tar: Readable, env: readonly string[]): Promise<string> {
  const blobs = join(folder, "blobs", "sha256")
  mkdirSync(blobs, { recursive: true })
  const { layer, diffId } = await writeLayer(blobs, tar)
  const config = writeJson(blobs, "application/vnd.oci.image.config.v1+json", {
    architecture: process.arch === "arm64" ? "arm64" : "amd64",
    os: "linux",
    config: { Env: env, Cmd: ["bash"] },
    rootfs: { type: "layers", diff_ids: [diffId] },
  })
  const mediaType = "application/vnd.oci.image.manifest.v1+json"
  const manifest = writeJson(blobs, mediaType, { schemaVersion: 2, mediaType, config, layers: [layer] })
  writeFileSync(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }))
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }))
  return manifest.digest
}

async function writeLayer(blobs: string, tar: Readable): Promise<{ layer: Descriptor; diffId: string }> {
  const plain = createHash("sha256")
  const packed = createHash("sha256")
  const temporary = join(blobs, ".layer")
  let size = 0
  const tapPlain = new PassThrough().on("data", (chunk: Buffer) => plain.update(chunk))
  const tapPacked = new PassThrough().on("data", (chunk: Buffer) => {
    packed.update(chunk)
    size += chunk.length
  })
  await pipeline(tar, tapPlain, createGzip({ level: 1 }), tapPacked, createWriteStream(temporary))
  const hex = packed.digest("hex")
  renameSync(temporary, join(blobs, hex))
  const layer = { mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: `sha256:${hex}`, size }
  return { layer, diffId: `sha256:${plain.digest("hex")}` }
}

function writeJson(blobs: string, mediaType: string, value: unknown): Descriptor {
  const text = JSON.stringify(value)
  const hex = createHash("sha256").update(text).digest("hex")
  writeFileSync(join(blobs, hex), text)
  return { mediaType, digest: `sha256:${hex}`, size: Buffer.byteLength(text) }
}

/** A tar file as a stream. */
export function tarFile(path: string): Readable {
  return createReadStream(path)
}
