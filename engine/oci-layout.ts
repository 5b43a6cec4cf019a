import { execa } from "execa"
import { createHash } from "node:crypto"
import { createWriteStream, mkdirSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { PassThrough } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGzip } from "node:zlib"

/** Descriptor of one blob: OCI image specification, `descriptor.md`. */
interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  /** Bytes. */
  readonly size: number
}

/** A layer that lies in an image layout. */
export interface Layer {
  readonly descriptor: Descriptor
  /** Digest of the uncompressed tar. */
  readonly diffId: string
}

/** Adds a layer to an OCI image layout: the tar that a command prints. */
export async function writeLayer(layout: string, [command = "", ...args]: readonly string[]): Promise<Layer> {
  const blobs = blobsOf(layout)
  const plain = createHash("sha256")
  const packed = createHash("sha256")
  const temporary = join(blobs, ".layer")
  let size = 0
  const tapPlain = new PassThrough().on("data", (chunk: Buffer) => plain.update(chunk))
  const tapPacked = new PassThrough().on("data", (chunk: Buffer) => {
    packed.update(chunk)
    size += chunk.length
  })
  const tar = execa(command, args, { buffer: false, stdin: "ignore", stderr: "ignore" })
  await Promise.all([
    pipeline(tar.stdout, tapPlain, createGzip({ level: 1 }), tapPacked, createWriteStream(temporary)),
    tar,
  ])
  const hex = packed.digest("hex")
  renameSync(temporary, join(blobs, hex))
  const mediaType = "application/vnd.oci.image.layer.v1.tar+gzip"
  return { descriptor: { mediaType, digest: `sha256:${hex}`, size }, diffId: `sha256:${plain.digest("hex")}` }
}

/** Adds an image of these layers to the layout and makes it the one that its index names. */
export function addImage(layout: string, layers: readonly Layer[], env: readonly string[]): Descriptor {
  const blobs = blobsOf(layout)
  const config = writeJson(blobs, "application/vnd.oci.image.config.v1+json", {
    architecture: process.arch === "arm64" ? "arm64" : "amd64",
    os: "linux",
    config: { Env: env, Cmd: ["bash"] },
    rootfs: { type: "layers", diff_ids: layers.map((layer) => layer.diffId) },
  })
  const mediaType = "application/vnd.oci.image.manifest.v1+json"
  const manifest = writeJson(blobs, mediaType, {
    schemaVersion: 2,
    mediaType,
    config,
    layers: layers.map((layer) => layer.descriptor),
  })
  writeFileSync(join(layout, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }))
  writeFileSync(join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }))
  return manifest
}

function writeJson(blobs: string, mediaType: string, value: unknown): Descriptor {
  const text = JSON.stringify(value)
  const hex = createHash("sha256").update(text).digest("hex")
  writeFileSync(join(blobs, hex), text)
  return { mediaType, digest: `sha256:${hex}`, size: Buffer.byteLength(text) }
}

function blobsOf(layout: string): string {
  const blobs = join(layout, "blobs", "sha256")
  mkdirSync(blobs, { recursive: true })
  return blobs
}
