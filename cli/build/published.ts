import { environmentTag, keyTag } from "../../ci/core/tags.js"
import type { Target } from "../../ci/io/load-target.js"
import { dockerCredentials } from "../../ci/io/registry/docker-credentials.js"
import {
  apiHost,
  isLoopback,
  parseRegistry,
  repositoryOf,
  type RegistryPlace,
} from "../../ci/io/registry/reference.js"
import { Registry, type StoredManifest } from "../../ci/io/registry/registry.js"
import type { Credentials } from "../../ci/io/registry/authorize.js"

/** Where this run's images live. */
export interface ImageStore {
  /** As people write it: `HOST[:PORT][/PATH]`. */
  readonly address: string
  readonly place: RegistryPlace
  readonly insecure: boolean
  readonly embedded: boolean
  readonly credentials?: Credentials
  readonly registry: Registry
}

/** Opens a registry by address; asks nothing of it yet. */
export async function openImageStore(address: string, embedded: boolean): Promise<ImageStore> {
  const place = parseRegistry(address)
  const insecure = embedded || isLoopback(place.host)
  const credentials = embedded ? undefined : await dockerCredentials(place.host, process.env)
  const access = { host: apiHost(place.host), insecure, ...(credentials ? { credentials } : {}) }
  return {
    address,
    place,
    insecure,
    embedded,
    registry: new Registry(access),
    ...(credentials ? { credentials } : {}),
  }
}

/** An image that a registry holds under a target's key. */
export interface PublishedImage {
  readonly manifest: StoredManifest
  readonly compressedBytes: number
  readonly uncompressedBytes: number | null
}

/** The image that is published under a target's key, if any. Its environment's tag is moved to it when it is elsewhere. */
export async function findPublished(
  target: Target,
  { registry, place }: ImageStore,
): Promise<PublishedImage | undefined> {
  const repository = repositoryOf(place, target.service)
  const tag = environmentTag(target.environment, target.platform)
  const [manifest, current] = await Promise.all([
    registry.manifest(repository, keyTag(target.key)),
    registry.digest(repository, tag),
  ])
  if (!manifest) return undefined
  if (current !== manifest.digest) await registry.tag(repository, tag, manifest)
  return { manifest, ...sizesOf(manifest.text) }
}

function sizesOf(manifestText: string): Pick<PublishedImage, "compressedBytes" | "uncompressedBytes"> {
  const manifest = JSON.parse(manifestText) as {
    readonly layers?: readonly { readonly size: number }[]
    readonly annotations?: Readonly<Record<string, string>>
  }
  const full = Number(manifest.annotations?.["dev.slipway.uncompressed-bytes"])
  return {
    compressedBytes: (manifest.layers ?? []).reduce((sum, layer) => sum + layer.size, 0),
    uncompressedBytes: Number.isFinite(full) ? full : null,
  }
}
