import { createHash } from "node:crypto"
import { danglingProblem } from "../core/links.js"
import type { ContentKey } from "../core/ids.js"
import { contentKey } from "../core/key.js"
import { toListing, type FileEntry, type Listing } from "../core/listing.js"
import { planBuild } from "../core/recipe/plan-build.js"
import type { Recipe } from "../core/recipe/recipe.js"
import { inputMatcher, inputRoots } from "../core/resolve/inputs.js"
import type { ResolvedService, TargetId } from "../core/resolve/resolved-service.js"
import { failure, success, type Result } from "../core/result.js"
import type { LoadedFleet } from "./load-fleet.js"

/** One thing to build, complete: what it is, how it is made, from which files, and the key of all that. */
export interface Target extends TargetId {
  readonly resolved: ResolvedService
  readonly recipe: Recipe
  readonly inputs: Listing
  readonly key: ContentKey
}

/** Reads the inputs of one target and makes its recipe and key. */
export async function loadTarget(
  fleet: LoadedFleet,
  resolved: ResolvedService,
  variant: Pick<TargetId, "environment" | "platform">,
): Promise<Result<Target>> {
  const isInput = inputMatcher(resolved)
  const inputs = await fleet.repository.listing(inputRoots(resolved), isInput)
  if (!inputs.ok) return inputs
  const dangling = inputs.value
    .map((entry) => danglingProblem(entry, isInput))
    .filter((found) => found !== undefined)
  if (dangling.length > 0) return failure(...dangling)
  const { environment, platform } = variant
  const { lock, texts } = fleet
  const plan = planBuild({ service: resolved, environment, platform, lock, inputs: inputs.value, texts })
  if (!plan.ok) return plan
  const { recipe, files, keeps } = plan.value
  const kept = inputs.value.filter(({ path }) => keeps === undefined || keeps.has(path))
  const seen = toListing([...kept, ...[...files].map(([path, text]) => rewritten(path, text))])
  const key = contentKey(recipe, seen)
  const { name: service } = resolved
  return success({
    service,
    environment,
    platform,
    resolved,
    recipe,
    inputs: seen,
    key,
  })
}

/** An input of which the build sees another text than the disk's. */
function rewritten(path: string, text: string): FileEntry {
  const sha256 = createHash("sha256").update(text).digest("hex")
  return { path, executable: false, sha256, size: Buffer.byteLength(text), text }
}
