import { buildRecord } from "../../ci/core/record.js"
import type { ImageSize } from "../../ci/core/image/size-report.js"
import { keyTag, recordTag } from "../../ci/core/tags.js"
import type { Target } from "../../ci/io/load-target.js"
import { repositoryOf } from "../../ci/io/registry/reference.js"
import type { ImageStore } from "../build/published.js"

interface Manifest {
  readonly layers?: readonly { readonly digest: string; readonly size: number }[]
  readonly annotations?: Readonly<Record<string, string>>
}

/** The sizes of the targets' published images, from their manifests and records alone; no layer is read. */
export async function publishedSizes(
  targets: readonly Target[],
  store: ImageStore,
): Promise<readonly ImageSize[]> {
  const sizes = await Promise.all(targets.map((target) => sizeOf(target, store)))
  return sizes.map((size) => withShares(size, sizes))
}

async function sizeOf(target: Target, store: ImageStore): Promise<ImageSize> {
  const { service, environment, platform, recipe } = target
  const repository = repositoryOf(store.place, service)
  const stored = await store.registry.manifest(repository, keyTag(target.key))
  if (stored === undefined) return { service, environment, platform, image: null }
  const { layers = [], annotations = {} } = JSON.parse(stored.text) as Manifest
  const full = await uncompressedBytes(target, store)
  const all = Number(annotations["dev.slipway.uncompressed-bytes"] ?? Number.NaN)
  return {
    ...{ service, environment, platform },
    image: {
      digest: stored.digest,
      compressedBytes: layers.reduce((sum, { size }) => sum + size, 0),
      uncompressedBytes: Number.isFinite(all) ? all : null,
      layers: layers.map(({ digest, size }, index) => ({
        name: recipe.layers[index]?.name ?? `layer ${index + 1}`,
        digest,
        compressedBytes: size,
        uncompressedBytes: full.get(digest) ?? null,
        sharedWith: [],
      })),
    },
  }
}

/** Uncompressed bytes by layer, as the record of the build says; empty where there is none. */
async function uncompressedBytes(
  target: Target,
  { registry, place }: ImageStore,
): Promise<ReadonlyMap<string, number>> {
  const repository = repositoryOf(place, target.service)
  const manifest = await registry.manifest(repository, recordTag(target.key))
  const digest = manifest && (JSON.parse(manifest.text) as Manifest).layers?.[0]?.digest
  const text = digest === undefined ? undefined : await registry.blob(repository, digest)
  const record = text === undefined ? undefined : buildRecord.safeParse(JSON.parse(text)).data
  return new Map((record?.image.layers ?? []).map((layer) => [layer.digest, layer.uncompressedBytes]))
}

function withShares(size: ImageSize, all: readonly ImageSize[]): ImageSize {
  if (size.image === null) return size
  const sharedWith = (digest: string): readonly string[] =>
    all
      .filter(
        (other) => other !== size && other.image?.layers.some((layer) => layer.digest === digest) === true,
      )
      .map(({ service }) => service)
  const layers = size.image.layers.map((layer) => ({ ...layer, sharedWith: sharedWith(layer.digest) }))
  return { ...size, image: { ...size.image, layers } }
}
