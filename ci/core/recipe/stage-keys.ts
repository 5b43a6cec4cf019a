import { createHash } from "node:crypto"
import { canonicalJson } from "../canonical-json.js"
import type { Listing } from "../listing.js"
import type { Recipe } from "./recipe.js"
import type { Stage, Step } from "./steps.js"

/** A stage that depends on no sources, and the hash of everything that can change it: 64 hexadecimal digits. */
export interface KeyedStage {
  readonly stage: Stage
  /** Absent where sources go in: such a stage is as young as the image itself. */
  readonly key?: string
}

/**
 * The stages of a recipe by name, those with a key that need no sources: toolchains, closures, dependencies and layers
 * packed of them. Whoever finds such a stage under its key can begin from there.
 */
export function keyedStages(recipe: Recipe, inputs: Listing): ReadonlyMap<string, KeyedStage> {
  const keyed = new Map<string, KeyedStage>()
  for (const stage of recipe.stages) {
    const facts = stage.steps.map((step) => factsOf(step, { recipe, inputs, keyed }))
    const isKeyed = facts.every((fact) => fact !== undefined)
    keyed.set(stage.name, isKeyed ? { stage, key: hash({ platform: recipe.platform, facts }) } : { stage })
  }
  return keyed
}

/** Names of the stages that a stage refers to. */
export function referencesOf({ steps }: Stage): readonly string[] {
  return steps.flatMap((step) => ("stage" in step ? [step.stage] : []))
}

interface Scope {
  readonly recipe: Recipe
  readonly inputs: Listing
  readonly keyed: ReadonlyMap<string, KeyedStage>
}

/** What of a step can change its stage; undefined where that is all sources. */
function factsOf(step: Step, { recipe, inputs, keyed }: Scope): unknown {
  switch (step.do) {
    case "fromStage":
    case "copyFrom":
    case "mountFrom": {
      const key = keyed.get(step.stage)?.key
      return key === undefined ? undefined : { ...step, stage: key }
    }
    case "closure":
      return { ...step, script: recipe.scripts.unpack }
    case "copy":
      return step.files === "all" ? undefined : { ...step, files: entriesOf(step.files, inputs) }
    case "dockerBuild":
      return undefined
    default:
      return step
  }
}

function entriesOf(files: readonly string[], inputs: Listing): unknown {
  const wanted = new Set(files)
  return inputs
    .filter(({ path }) => wanted.has(path))
    .map(({ path, executable, link, sha256 }) => ({ path, executable, link, sha256 }))
}

function hash(facts: unknown): string {
  return createHash("sha256").update(canonicalJson(facts)).digest("hex")
}
