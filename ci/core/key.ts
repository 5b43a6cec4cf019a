import { createHash } from "node:crypto"
import { canonicalJson } from "./canonical-json.js"
import { ContentKey } from "./ids.js"
import type { Listing } from "./listing.js"
import type { Recipe } from "./recipe/recipe.js"

/**
 * The content key of a target: the sha256 of everything that can change its image, and of nothing else.
 *
 * - `recipe`: service and platform name binary and image; environment, stages and layers say how the bytes are made,
 *   with the locked packages, toolchains and build arguments in them; config becomes the image's config;
 *   scripts make the archive.
 * - `inputs`: path, executable bit, link target and content hash of each file. Size follows from the hash.
 *
 * Not in it: health checks, limits and registry, which judge or place an image but do not make it.
 */
export function contentKey(recipe: Recipe, inputs: Listing): ContentKey {
  const files = inputs.map(({ path, executable, link, sha256 }) => ({ path, executable, link, sha256 }))
  return ContentKey.parse(
    createHash("sha256")
      .update(canonicalJson({ recipe, inputs: files }))
      .digest("hex"),
  )
}
