import { z } from "zod"
import { Digest } from "../ids.js"

const bytes = z.int().nonnegative()

/** What the image script says of the image it made: the content of image.json. Sizes in bytes. */
export const imageSummary = z.strictObject({
  digest: Digest,
  manifestBytes: bytes,
  compressedBytes: bytes,
  uncompressedBytes: bytes,
  layers: z.array(
    z.strictObject({ digest: Digest, diffId: Digest, compressedBytes: bytes, uncompressedBytes: bytes }),
  ),
})
export type ImageSummary = z.output<typeof imageSummary>
