import { z } from "zod"
import { imageSummary } from "./image/image-summary.js"
import { ContentKey, EnvironmentName, Platform, ServiceName } from "./ids.js"
import type { FileEntry } from "./listing.js"
import type { Recipe } from "./recipe/recipe.js"
import type { ResolvedService } from "./resolve/resolved-service.js"

const seconds = z.number().nonnegative()

const fileEntry: z.ZodType<FileEntry> = z.object({
  path: z.string(),
  executable: z.boolean(),
  link: z.string().exactOptional(),
  sha256: z.string(),
  size: z.int().nonnegative(),
})

/** A part that core itself wrote: kept as it is, so that records of older versions stay readable. */
function asWritten<T>(): z.ZodType<T> {
  return z.custom<T>((value) => typeof value === "object" && value !== null)
}

/**
 * What is kept of one build, one record a key: what was built from what, and how it went.
 * `why`, `plan`, `size` and provenance are views of it. Times in seconds, sizes in bytes.
 */
export const buildRecord = z.object({
  version: z.literal(1),
  service: ServiceName,
  environment: EnvironmentName,
  platform: Platform,
  key: ContentKey,
  manifest: asWritten<ResolvedService>(),
  recipe: asWritten<Recipe>(),
  inputs: z.array(fileEntry),
  image: imageSummary,
  seconds: z.object({ total: seconds, stages: z.record(z.string(), seconds) }),
  /** Absent where nothing was checked. */
  health: z
    .object({ kind: z.enum(["http", "grpc", "tcp", "command"]), seconds: seconds.exactOptional() })
    .exactOptional(),
})
export type BuildRecord = z.output<typeof buildRecord>

/** Media type of a record in a registry. */
export const recordMediaType = "application/vnd.slipway.record.v1+json"
