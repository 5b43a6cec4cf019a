import { failure, success, type Result } from "../result.js"
import type { RecipeRequest } from "./language.js"
import { notLocked } from "./not-locked.js"
import { referencesOf } from "./stage-keys.js"
import type { Stage } from "./steps.js"

/** True for a reference that can mean only one image. */
export function isPinnedImage(reference: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(reference)
}

/** The runtime stage of a service that names its own image; undefined where it names none. */
export function ownRuntime(request: RecipeRequest): Result<Stage> | undefined {
  const { runtime } = request.service.images ?? {}
  if (runtime === undefined) return undefined
  const image = pinned(runtime, request)
  return image.ok ? success({ name: "runtime", steps: [{ do: "from", image: image.value }] }) : image
}

/**
 * The stages of a language, where a service that names its own builder has that in place of the stage `toolchain`: with
 * the image's own variables. What is left without use is left out.
 */
export function withOwnBuilder(
  stages: readonly Stage[],
  used: readonly string[],
  request: RecipeRequest,
): Result<readonly Stage[]> {
  const { builder } = request.service.images ?? {}
  if (builder === undefined) return success(stages)
  const image = pinned(builder, request)
  if (!image.ok) return image
  const replaced = stages.map((stage): Stage => ({
    ...stage,
    steps: stage.steps.map((step) =>
      step.do === "fromStage" && step.stage === "toolchain" ? { do: "from", image: image.value } : step,
    ),
  }))
  return success(withoutUnused(replaced, used))
}

function withoutUnused(stages: readonly Stage[], used: readonly string[]): readonly Stage[] {
  const needed = new Set(used)
  for (const stage of [...stages].reverse())
    if (needed.has(stage.name)) referencesOf(stage).forEach((name) => needed.add(name))
  return stages.filter(({ name }) => needed.has(name))
}

function pinned(reference: string, { service, platform, lock }: RecipeRequest): Result<string> {
  if (isPinnedImage(reference)) return success(reference)
  const digest = lock.images[reference]?.[platform]
  return digest === undefined
    ? failure(notLocked(service, reference, platform))
    : success(`${reference}@${digest}`)
}
