import { z } from "zod"

const bytes = z.int().nonnegative()

/** One file of a layer. Sizes in bytes. */
export const layerFile = z.object({
  /** From the image's root, without a slash in front. */
  path: z.string(),
  size: bytes,
  sha256: z.string(),
  /** For programs and libraries: what stripping them would take away. */
  strippable: bytes.exactOptional(),
})
export type LayerFile = z.output<typeof layerFile>

/** What a layer holds, as far as sizes are concerned: its files, and the texts that say which packages they are of. */
export const layerContent = z.object({
  version: z.literal(1),
  files: z.array(layerFile),
  texts: z.record(z.string(), z.string()),
})
export type LayerContent = z.output<typeof layerContent>

/** Whether a file's text tells of packages: Debian's control data, npm's package.json, Python's metadata. */
export function tellsPackages(path: string): boolean {
  return (
    path.startsWith("var/lib/dpkg/status.d/") ||
    /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path) ||
    /\.dist-info\/(RECORD|METADATA)$/.test(path)
  )
}

/** One file of an image, in the layer that it comes from. */
export interface ImageFile extends LayerFile {
  /** Position of the layer, the lowest is 0. */
  readonly layer: number
}

/** An image's content: the files that a container sees, those that a higher layer hides, and all texts. */
export interface ImageContent {
  readonly files: readonly ImageFile[]
  readonly hidden: readonly ImageFile[]
  readonly texts: ReadonlyMap<string, string>
}

/** Lays layers over each other, the lowest first. */
export function stackLayers(layers: readonly LayerContent[]): ImageContent {
  const files = new Map<string, ImageFile>()
  const hidden: ImageFile[] = []
  const texts = new Map<string, string>()
  layers.forEach((content, layer) => {
    for (const file of content.files) {
      const below = files.get(file.path)
      if (below !== undefined) hidden.push(below)
      files.set(file.path, { ...file, layer })
    }
    for (const [path, text] of Object.entries(content.texts)) texts.set(path, text)
  })
  return { files: [...files.values()], hidden, texts }
}
