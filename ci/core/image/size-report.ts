import type { ImagePackage } from "./image-packages.js"
import type { SizeHint } from "./size-hints.js"

/** A layer of a published image. Sizes in bytes; absent facts are null. */
export interface LayerSize {
  /** As the recipe calls it. */
  readonly name: string
  readonly digest: string
  readonly compressedBytes: number
  readonly uncompressedBytes: number | null
  /** The other services whose images have the same layer. */
  readonly sharedWith: readonly string[]
}

/** The size of one service's image: a row of `slipway size --json`. */
export interface ImageSize {
  readonly service: string
  readonly environment: string
  readonly platform: string
  /** Null where no image with the target's key is published. */
  readonly image: {
    readonly digest: string
    readonly compressedBytes: number
    readonly uncompressedBytes: number | null
    readonly layers: readonly LayerSize[]
  } | null
}

/** A folder of an image with all that is in it. */
export interface FolderSize {
  readonly path: string
  readonly files: number
  readonly bytes: number
}

/** What one image consists of. */
export interface ImageDetail {
  readonly packages: readonly ImagePackage[]
  readonly folders: readonly FolderSize[]
  readonly biggest: readonly { readonly path: string; readonly bytes: number }[]
  readonly hints: readonly SizeHint[]
}

/** The whole of `slipway size --json`. */
export interface SizeReport {
  readonly version: 1
  /** Bytes that an image may have uncompressed. */
  readonly budgetBytes: number
  readonly images: readonly ImageSize[]
  /** Bytes of all images when each layer is stored once. */
  readonly stored: { readonly compressedBytes: number; readonly uncompressedBytes: number | null }
  /** Details of the services that were named. */
  readonly details: Readonly<Record<string, ImageDetail>>
}

/** Adds up the layers of images, each digest once. */
export function storedOnce(images: readonly ImageSize[]): SizeReport["stored"] {
  const layers = new Map(
    images.flatMap(({ image }) => (image?.layers ?? []).map((each) => [each.digest, each])),
  )
  const full = [...layers.values()].map(({ uncompressedBytes }) => uncompressedBytes)
  return {
    compressedBytes: [...layers.values()].reduce((sum, { compressedBytes }) => sum + compressedBytes, 0),
    uncompressedBytes: full.includes(null) ? null : full.reduce<number>((sum, each) => sum + (each ?? 0), 0),
  }
}
