import type { Directory } from "@dagger.io/dagger"
import { imageSummary, type ImageSummary } from "../../core/image/image-summary.js"
import type { Target } from "../../io/load-target.js"
import { assemble } from "../images/assemble.js"
import { runStages } from "../images/run-stages.js"
import type { StageStore } from "../images/stage-store.js"
import { withReachableImages } from "../images/reachable-images.js"
import { StepFailure, stepFailure, type StepPlace } from "../images/step-failure.js"
import { checkHealth, describe, type HealthResult } from "./health.js"
import { Timeout, within } from "./within.js"

/** What a build needs beside its target. */
export interface BuildRequest {
  readonly target: Target
  /** The target's inputs as the engine sees them. */
  readonly inputs: Directory
  /** Stages made elsewhere or before; without it, all are made here. */
  readonly store?: StageStore
  /** Fail where a locked package is gone. */
  readonly frozen?: boolean
  readonly limits: { readonly imageSizeMB: number; readonly buildMinutes: number }
  readonly onStep?: (stage: string, step: string) => void
}

/** An image that is built and proven, not yet published. */
export interface BuiltTarget {
  /** Folder with `image.tar`, an OCI archive. */
  readonly image: Directory
  readonly summary: ImageSummary
  readonly health?: HealthResult
  /** How long the whole and each stage took. */
  readonly seconds: { readonly total: number; readonly stages: Record<string, number> }
}

/**
 * Builds a target's image, holds it against its budgets of time and size and boots it once. Throws a StepFailure.
 */
export async function buildTarget(request: BuildRequest): Promise<BuiltTarget> {
  const { buildMinutes } = request.limits
  let place: StepPlace = { stage: "builder", step: "start" }
  const onStep = (stage: string, step: string) => {
    place = { stage, step }
    request.onStep?.(stage, step)
  }
  try {
    return await within(buildMinutes * 60, buildAndProve(request, onStep))
  } catch (error) {
    if (!(error instanceof Timeout)) throw error
    const advice = "Make it faster, or raise limits.buildMinutes in slipway.yaml."
    throw new StepFailure(
      place,
      1,
      `The build took longer than its budget of ${buildMinutes} minutes. ${advice}`,
    )
  }
}

async function buildAndProve(
  { target, inputs, store, frozen = false, limits }: BuildRequest,
  told: (stage: string, step: string) => void,
): Promise<BuiltTarget> {
  const watch = new StageWatch()
  const onStep = (stage: string, step: string) => {
    watch.enter(stage)
    told(stage, step)
  }
  const recipe = frozen
    ? target.recipe
    : await withReachableImages(target.recipe, (line) => onStep("builder", line))
  const stages = await runStages(recipe, {
    ...{ inputs, listing: target.inputs, frozen, onStep },
    ...(store ? { store } : {}),
  })
  onStep("image", "layers")
  const image = await made(assemble(recipe, stages))
  const summary = imageSummary.parse(JSON.parse(await image.file("image.json").contents()))
  keepBudget(summary.uncompressedBytes, limits.imageSizeMB)
  const check = target.resolved.health
  if (check) onStep("health", describe(check))
  const options = {
    ...(store ? { store } : {}),
    ...(recipe.inherits === undefined ? { folder: recipe.config.config.WorkingDir } : {}),
  }
  const health = check && (await checkHealth(image.file("image.tar"), check, options))
  return { image, summary, ...(health ? { health } : {}), seconds: watch.end() }
}

/** Adds up how long each stage was the current one. */
class StageWatch {
  readonly #begin = Date.now()
  readonly #stages: Record<string, number> = {}
  #current: { stage: string; since: number } | undefined

  enter(stage: string): void {
    this.#leave()
    this.#current = { stage, since: Date.now() }
  }

  end(): BuiltTarget["seconds"] {
    this.#leave()
    return { total: (Date.now() - this.#begin) / 1000, stages: this.#stages }
  }

  #leave(): void {
    if (!this.#current) return
    const { stage, since } = this.#current
    this.#stages[stage] = (this.#stages[stage] ?? 0) + (Date.now() - since) / 1000
  }
}

async function made(image: Promise<Directory>): Promise<Directory> {
  try {
    return await (await image).sync()
  } catch (error) {
    throw stepFailure(error, { stage: "image", step: "layers" })
  }
}

function keepBudget(bytes: number, limitMB: number): void {
  const megabytes = bytes / 1e6
  if (megabytes <= limitMB) return
  throw new StepFailure(
    { stage: "image", step: "size budget" },
    1,
    `The image has ${megabytes.toFixed(0)} MB uncompressed, the budget is ${limitMB} MB. Make it smaller, or raise limits.imageSizeMB in slipway.yaml.`,
  )
}
