import { execa } from "execa"
import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"

/** One thing in an image's file system, as `tar` lists it. */
export interface Entry {
  /** Absolute. */
  readonly path: string
  /** As in `-rwxr-xr-x`. */
  readonly mode: string
}

/** An image, read from its own bytes. */
export interface Image {
  /** sha256 of the manifest. */
  readonly digest: string
  readonly config: {
    readonly config: {
      readonly User: string
      readonly Entrypoint: readonly string[]
      readonly Env: readonly string[]
      readonly Labels?: Readonly<Record<string, string>>
    }
    readonly rootfs: { readonly diff_ids: readonly string[] }
  }
  readonly entries: readonly Entry[]
  /** Uncompressed size of all layers. */
  readonly bytes: number
}

/** Reads an image from a registry without TLS. */
export function pullImage(reference: string): Promise<Image> {
  return inFolder(async (folder) => {
    await execa("skopeo", ["copy", "--src-tls-verify=false", `docker://${reference}`, `oci:${folder}:image`])
    return readLayout(folder)
  })
}

/** Reads an image from an OCI archive. */
export function readArchive(file: string): Promise<Image> {
  return inFolder(async (folder) => {
    await execa("tar", ["-xf", file, "-C", folder])
    return readLayout(folder)
  })
}

async function readLayout(layout: string): Promise<Image> {
  const blob = (digest: string) => {
    const bytes = readFileSync(join(layout, "blobs", digest.replace(":", "/")))
    if (sha256(bytes) !== digest) throw new Error(`the blob ${digest} has the digest ${sha256(bytes)}`)
    return bytes
  }
  const index = JSON.parse(readFileSync(join(layout, "index.json"), "utf8")) as { manifests: [Descriptor] }
  const { digest } = index.manifests[0]
  const manifest = JSON.parse(blob(digest).toString()) as { config: Descriptor; layers: Descriptor[] }
  const layers = manifest.layers.map((layer) => gunzipSync(blob(layer.digest)))
  const listings = await Promise.all(layers.map(listTar))
  return {
    digest,
    config: JSON.parse(blob(manifest.config.digest).toString()) as Image["config"],
    entries: listings.flat(),
    bytes: layers.reduce((sum, { length }) => sum + length, 0),
  }
}

interface Descriptor {
  readonly digest: string
}

async function listTar(tar: Buffer): Promise<Entry[]> {
  const { stdout } = await execa("tar", ["-tv", "--numeric-owner", "--quoting-style=literal"], { input: tar })
  return stdout.split("\n").map((line) => {
    const [, mode = "", path = ""] = /^(\S+)\s+\S+\s+\S+\s+\S+\s+\S+\s+\.?\/?(.*?)( -> .*)?$/.exec(line) ?? []
    return { path: `/${path}`, mode }
  })
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`
}

async function inFolder<T>(action: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-image-"))
  try {
    return await action(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
