import { createHash } from "node:crypto"
import { canonicalJson } from "../canonical-json.js"
import type { Listing } from "../listing.js"
import type { Recipe } from "./recipe.js"
import type { Stage, Step } from "./steps.js"

/** A stage, and where it depends on no sources the hash of everything that can change it: 64 hexadecimal digits. */
export interface KeyedStage {
  readonly stage: Stage
  /** The name under which people know it. */
  readonly place: string
  /** Absent where sources go in: such a stage is as young as the image itself. */
  readonly key?: string
}

/**
 * The stages of a recipe by name, those with a key that need no sources: toolchains, closures, dependencies and layers
 * packed of them. Whoever finds such a stage under its key can begin from there. What a stage runs before its first
 * source is a stage of its own here. `contents` are the folders that are known to be copied by their content.
 */
export function keyedStages(
  recipe: Recipe,
  inputs: Listing,
  contents: Contents = new Map(),
): ReadonlyMap<string, KeyedStage> {
  const keyed = new Map<string, KeyedStage>()
  const scope = { recipe, inputs, keyed, contents }
  for (const { place, ...stage } of recipe.stages) {
    const facts = stage.steps.map((step) => factsOf(step, scope))
    const key = (count: number) => hash({ platform: recipe.platform, facts: facts.slice(0, count) })
    const known = { place: place ?? stage.name }
    const first = facts.indexOf(undefined)
    const [before, rest] = cutAt(stage, first)
    if (before) keyed.set(before.name, { stage: before, ...known, key: key(first) })
    keyed.set(stage.name, { stage: rest, ...known, ...(first === -1 ? { key: key(facts.length) } : {}) })
  }
  return keyed
}

/** Digests of folders in built stages, by {@link contentName}. */
export type Contents = ReadonlyMap<string, string>

type CopyFrom = Extract<Step, { do: "copyFrom" }>

/** The name of a copied folder in {@link Contents}. */
export function contentName({ stage, path }: CopyFrom): string {
  return `${stage}:${path}`
}

/** The copies by content that a stage without a key waits for. */
export function awaitedContents({ stage, key }: KeyedStage): readonly CopyFrom[] {
  if (key !== undefined) return []
  return stage.steps.filter((step): step is CopyFrom => step.do === "copyFrom" && step.byContent === true)
}

/** What a stage makes before its first source, where it makes something there, and the rest. */
function cutAt(stage: Stage, first: number): readonly [Stage | undefined, Stage] {
  const before = stage.steps.slice(0, Math.max(first, 0))
  if (!before.some(({ do: kind }) => ["run", "install", "copyFrom"].includes(kind))) return [undefined, stage]
  const name = `${stage.name} before sources`
  const rest: readonly Step[] = [{ do: "fromStage", stage: name }, ...stage.steps.slice(first)]
  return [
    { name, steps: before },
    { name: stage.name, steps: rest },
  ]
}

/** Names of the stages that a stage refers to. */
export function referencesOf({ steps }: Stage): readonly string[] {
  return steps.flatMap((step) => {
    if (step.do === "dockerBuild") return (step.held ?? []).map(({ stage }) => stage)
    return "stage" in step && step.stage !== undefined ? [step.stage] : []
  })
}

interface Scope {
  readonly recipe: Recipe
  readonly inputs: Listing
  readonly keyed: ReadonlyMap<string, KeyedStage>
  readonly contents: Contents
}

/** What of a step can change its stage; undefined where that is all sources. */
function factsOf(step: Step, { recipe, inputs, keyed, contents }: Scope): unknown {
  switch (step.do) {
    case "fromStage":
    case "copyFrom":
    case "mountFrom":
    case "cache": {
      if (step.stage === undefined) return step
      const content = step.do === "copyFrom" ? contents.get(contentName(step)) : undefined
      const key = content ?? keyed.get(step.stage)?.key
      return key === undefined ? undefined : { ...step, stage: key }
    }
    case "closure":
      return { ...step, script: recipe.scripts.unpack }
    case "copy":
      return step.files === "all" ? undefined : { ...step, files: entriesOf(step.files, inputs) }
    case "dockerBuild":
      return step.files === undefined ? undefined : { ...step, files: entriesOf(step.files, inputs) }
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
