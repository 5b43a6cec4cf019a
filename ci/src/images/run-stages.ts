import { dag, type Container, type Directory } from "@dagger.io/dagger"
import type { Listing } from "../../core/listing.js"
import { fromHeld } from "../../core/recipe/docker/held-lines.js"
import { packStage, type Recipe } from "../../core/recipe/recipe.js"
import {
  awaitedContents,
  contentName,
  keyedStages,
  referencesOf,
  type KeyedStage,
} from "../../core/recipe/stage-keys.js"
import type { Stage, Step } from "../../core/recipe/steps.js"
import { assemble } from "./assemble.js"
import { hasDrifted } from "./closure.js"
import { dockerFailure } from "./docker-build.js"
import { fetched } from "./fetched.js"
import { applyStep, blank, joinCopies, withCache, type Scope, type Stages } from "./interpret.js"
import type { StageStore } from "./stage-store.js"
import { stepFailure } from "./step-failure.js"
import { fetchWorkbench } from "./workbench.js"

/** What a recipe is interpreted with. */
export interface Interpretation {
  /** The target's inputs, laid out as in the repository. */
  readonly inputs: Directory
  /** What the inputs are, for the keys of stages. */
  readonly listing: Listing
  readonly store?: StageStore
  /** Fail where a locked package is gone. */
  readonly frozen?: boolean
  /** Called when a command starts; never for one that was not needed. */
  readonly onStep?: (stage: string, step: string) => void
}

/**
 * Runs the stages that the image needs command by command, so that progress is seen and a failure names its step; a
 * stage that the store holds is taken from there, and what only it needs is left out. Throws a StepFailure.
 */
export async function runStages(
  recipe: Recipe,
  { inputs, listing, store, frozen = false, onStep }: Interpretation,
): Promise<Stages> {
  let keyed = keyedStages(recipe, listing)
  const found = new Map(await findStages(keyed, store))
  const stages = new Map<string, Container>()
  const contents = new Map<string, string>()
  const isAsLocked = async (name: string): Promise<boolean> => {
    if (found.has(name)) return true
    const { stage } = keyedStage(keyed, name)
    const all = [...referencesOf(stage).map(isAsLocked), drifts(stage, frozen).then((drifted) => !drifted)]
    return !(await Promise.all(all)).includes(false)
  }
  const needed = neededStages(recipe, keyed, found)
  void fetchAhead(recipe, needed, found, store)
  for (const name of needed) {
    const awaited = store ? awaitedContents(keyedStage(keyed, name)) : []
    if (awaited.length > 0) {
      for (const copy of awaited) contents.set(contentName(copy), await digestOf(copy, stages))
      const known = keyedStages(recipe, listing, contents)
      const late = [...known].filter(([each]) => keyed.get(each)?.key === undefined)
      for (const [each, fill] of await findStages(late, store)) found.set(each, fill)
      keyed = known
    }
    const { stage, place, key } = keyedStage(keyed, name)
    const fill = found.get(name)
    const scope = { recipe, inputs, stages, frozen, place, ...(onStep ? { onStep } : {}) }
    const container: Container = fill
      ? restored(stage, fill(blank(recipe)), { keyed, stages })
      : await runStage(await beginningFrom(stage, found, recipe), scope)
    stages.set(name, container)
    if (!fill && key !== undefined && isWorthKeeping(stage))
      store?.keep(key, container, () => isAsLocked(name))
  }
  return stages
}

/** True for a stage with other packages than its key stands for. */
async function drifts({ steps }: Stage, frozen: boolean): Promise<boolean> {
  const closures = steps.filter((step) => step.do === "closure")
  return (await Promise.all(closures.map(({ packages }) => hasDrifted(packages, frozen)))).includes(true)
}

type Fill = (blank: Container) => Container

type KeyedStages = ReadonlyMap<string, KeyedStage>

/** What fills the stages that a store holds, by name. */
async function findStages(
  keyed: Iterable<readonly [string, KeyedStage]>,
  store: StageStore | undefined,
): Promise<readonly (readonly [string, Fill])[]> {
  const answers = await Promise.all(
    [...keyed].map(async ([name, { key }]) => {
      const fill = key === undefined ? undefined : await store?.find(key)
      return fill ? [[name, fill] as const] : []
    }),
  )
  return answers.flat()
}

/**
 * Fetches what was found before it is needed: first what commands wait for, then what handles their outcome. The layers
 * below the last are unpacked as those of an image, too, since the image that is tried will need them so.
 */
async function fetchAhead(
  recipe: Recipe,
  needed: readonly string[],
  found: ReadonlyMap<string, Fill>,
  store: StageStore | undefined,
): Promise<void> {
  const restore = (name: string) => found.get(name)?.(blank(recipe))
  const last = new Set(["tools", ...recipe.layers.map(packStage)])
  await Promise.all(needed.filter((name) => !last.has(name)).map((name) => fetched(restore(name))))
  await Promise.all([fetchWorkbench(store), ...[...last].map((name) => fetched(restore(name)))])
  const lower = recipe.layers.slice(0, -1)
  const stages = new Map(
    ["tools", ...lower.map(packStage)].flatMap((name) => {
      const stage = restore(name)
      return stage ? [[name, stage] as const] : []
    }),
  )
  if (recipe.inherits !== undefined || lower.length === 0 || stages.size <= lower.length) return
  const image = await assemble({ ...recipe, layers: lower }, stages)
  await fetched(dag.container().import_(image.file("image.tar")))
}

/** What the image is assembled from and all below that is not found, in the recipe's order. */
function neededStages(
  recipe: Recipe,
  keyed: KeyedStages,
  found: ReadonlyMap<string, Fill>,
): readonly string[] {
  const needed = new Set<string>()
  const need = (name: string): void => {
    if (needed.has(name)) return
    needed.add(name)
    const stage = keyed.get(name)?.stage
    if (!stage || found.has(name)) return
    referencesOf(stage).forEach(need)
    mountsBelow(stage, keyed).forEach(need)
  }
  need("tools")
  recipe.layers.forEach((layer) => need(packStage(layer)))
  return [...keyed.keys()].filter((name) => needed.has(name))
}

/** The stages that those mount on which a stage is based: an image holds no mounts. */
function mountsBelow({ steps }: Stage, keyed: KeyedStages): readonly string[] {
  return steps.flatMap((step) => {
    const below = step.do === "fromStage" ? keyed.get(step.stage)?.stage : undefined
    if (!below) return []
    const own = below.steps.flatMap((each) => (each.do === "mountFrom" ? [each.stage] : []))
    return [...own, ...mountsBelow(below, keyed)]
  })
}

function digestOf({ stage, path }: { readonly stage: string; readonly path: string }, stages: Stages) {
  const built = stages.get(stage)
  if (!built) throw new Error(`stage ${stage} does not come before`)
  return built.directory(path).digest()
}

function keyedStage(keyed: KeyedStages, name: string): KeyedStage {
  const found = keyed.get(name)
  if (!found) throw new Error(`the recipe has no stage ${name}`)
  return found
}

/** An image holds a stage's files and settings; its caches and other stages are mounted anew. */
function restored(
  { steps }: Stage,
  image: Container,
  scope: { readonly keyed: KeyedStages; readonly stages: Stages },
): Container {
  return steps.reduce((container, step) => {
    if (step.do === "fromStage") {
      const earlier = scope.keyed.get(step.stage)
      return earlier ? restored(earlier.stage, container, scope) : container
    }
    if (step.do === "cache") return withCache(container, step, scope.stages)
    const mounted = step.do === "mountFrom" ? scope.stages.get(step.stage) : undefined
    return step.do === "mountFrom" && mounted
      ? container.withMountedDirectory(step.to, mounted.directory(step.path))
      : container
  }, image)
}

/** The stage whose Dockerfile begins with the images of what was found of it. */
async function beginningFrom(
  { steps, ...named }: Stage,
  found: ReadonlyMap<string, Fill>,
  recipe: Recipe,
): Promise<Stage> {
  const begun = steps.map(async (step) => {
    if (step.do !== "dockerBuild") return step
    const images = new Map<string, string>()
    for (const { stage } of step.held ?? []) {
      const fill = found.get(stage)
      if (fill) images.set(stage, await fill(blank(recipe)).imageRef())
    }
    return { ...step, text: fromHeld(step.text, step.held ?? [], images) }
  })
  return { ...named, steps: await Promise.all(begun) }
}

/** What merely fetches is big and of no use to a build that finds what was fetched. */
function isWorthKeeping({ steps }: Stage): boolean {
  return !steps.some((step) => step.do === "install")
}

interface RunScope extends Scope {
  /** The name under which people know the stage. */
  readonly place: string
  readonly onStep?: Interpretation["onStep"]
}

async function runStage(stage: Stage, scope: RunScope): Promise<Container> {
  let container = blank(scope.recipe)
  for (const step of joinCopies(stage.steps)) {
    container = applyStep(container, step, scope)
    const name = commandName(step)
    if (name === undefined) continue
    scope.onStep?.(scope.place, name)
    try {
      container = await container.sync()
    } catch (error) {
      const place = { stage: scope.place, step: name }
      if (step.do !== "dockerBuild") throw stepFailure(error, place)
      const { inputs, recipe } = scope
      throw await dockerFailure(error, step, { inputs, platform: recipe.platform, place })
    }
  }
  return container
}

/** What people see of a step that runs something; undefined for one that only describes. */
function commandName(step: Step): string | undefined {
  if (step.do === "run") return step.name
  if (step.do === "dockerBuild") return `docker build ${step.source}`
  if (step.do === "install") return `apt-get install ${step.packages.join(" ")}`
  return step.do === "closure" ? `Debian packages of ${step.name}` : undefined
}
