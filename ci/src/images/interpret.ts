import { posix } from "node:path"
import { CacheSharingMode, dag, type Container, type Directory, type Platform } from "@dagger.io/dagger"
import type { Listing } from "../../core/listing.js"
import { packStage, type Recipe } from "../../core/recipe/recipe.js"
import { keyedStages, referencesOf, type KeyedStage } from "../../core/recipe/stage-keys.js"
import type { Stage, Step } from "../../core/recipe/steps.js"
import { closureRootfs } from "./closure.js"
import { dockerBuild, dockerFailure } from "./docker-build.js"
import { installScript } from "./install-script.js"
import type { StageStore } from "./stage-store.js"
import { stepFailure } from "./step-failure.js"

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

/** A recipe's stages by name, in order. */
export type Stages = ReadonlyMap<string, Container>

/** Containers of a recipe's stages. Only describes: nothing runs until something of a container is asked for. */
export function describeStages(recipe: Recipe, inputs: Directory): Stages {
  const stages = new Map<string, Container>()
  for (const stage of recipe.stages) {
    const scope = { recipe, inputs, stages }
    stages.set(
      stage.name,
      stage.steps.reduce((container, step) => applyStep(container, step, scope), blank(recipe)),
    )
  }
  return stages
}

/**
 * Runs the stages that the image needs command by command, so that progress is seen and a failure names its step; a
 * stage that the store holds is taken from there, and what only it needs is left out. Throws a StepFailure.
 */
export async function runStages(
  recipe: Recipe,
  { inputs, listing, store, frozen = false, onStep }: Interpretation,
): Promise<Stages> {
  const keyed = keyedStages(recipe, listing)
  const found = store ? await findStages(recipe, keyed, store) : new Map<string, Fill>()
  const stages = new Map<string, Container>()
  for (const name of neededStages(recipe, keyed, found)) {
    const { stage, key } = keyed.get(name) as KeyedStage
    const scope = { recipe, inputs, stages, frozen }
    const fill = found.get(name)
    const container = fill
      ? restored(stage, fill(blank(recipe)), recipe)
      : await runStage(stage, scope, onStep)
    stages.set(name, container)
    if (!fill && key !== undefined) store?.keep(key, container)
  }
  return stages
}

type Fill = (blank: Container) => Container

/** What fills the stages that a store holds, by name. */
async function findStages(
  recipe: Recipe,
  keyed: ReadonlyMap<string, KeyedStage>,
  store: StageStore,
): Promise<ReadonlyMap<string, Fill>> {
  const answers = await Promise.all(
    recipe.stages.map(async ({ name }) => {
      const key = keyed.get(name)?.key
      return [name, key === undefined ? undefined : await store.find(key)] as const
    }),
  )
  return new Map(answers.flatMap(([name, fill]) => (fill ? [[name, fill] as const] : [])))
}

/** What the image is assembled from and all below that is not found, in the recipe's order. */
function neededStages(
  recipe: Recipe,
  keyed: ReadonlyMap<string, KeyedStage>,
  found: ReadonlyMap<string, Fill>,
): readonly string[] {
  const needed = new Set<string>()
  const need = (name: string): void => {
    if (needed.has(name)) return
    needed.add(name)
    const stage = keyed.get(name)?.stage
    if (stage && !found.has(name)) referencesOf(stage).forEach(need)
  }
  need("tools")
  recipe.layers.forEach((layer) => need(packStage(layer)))
  return recipe.stages.map(({ name }) => name).filter((name) => needed.has(name))
}

/** An image holds a stage's files and settings; its caches are mounted anew. */
function restored({ steps }: Stage, image: Container, recipe: Recipe): Container {
  return steps.reduce((container, step) => {
    if (step.do === "fromStage") {
      const earlier = recipe.stages.find(({ name }) => name === step.stage)
      return earlier ? restored(earlier, container, recipe) : container
    }
    return step.do === "cache" ? withCache(container, step) : container
  }, image)
}

interface Scope {
  readonly recipe: Recipe
  readonly inputs: Directory
  /** The stages before. */
  readonly stages: Stages
  readonly frozen?: boolean
}

async function runStage(stage: Stage, scope: Scope, onStep: Interpretation["onStep"]): Promise<Container> {
  let container = blank(scope.recipe)
  for (const step of stage.steps) {
    container = applyStep(container, step, scope)
    const name = commandName(step)
    if (name === undefined) continue
    onStep?.(stage.name, name)
    try {
      container = await container.sync()
    } catch (error) {
      const place = { stage: stage.name, step: name }
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

function blank(recipe: Recipe): Container {
  return dag.container({ platform: recipe.platform as string as Platform })
}

function applyStep(
  container: Container,
  step: Step,
  { recipe, inputs, stages, frozen = false }: Scope,
): Container {
  switch (step.do) {
    case "from":
      return step.image === "scratch" ? container : container.from(step.image)
    case "fromStage":
      return earlier(stages, step.stage)
    case "install":
      return container.withExec(["sh", "-ec", installScript, "install", ...step.packages])
    case "closure":
      // Copied, not withRootfs: an image that is published of a subfolder would hold the whole that it is cut from.
      return container.withDirectory("/", closureRootfs(step.packages, recipe.scripts.unpack, frozen))
    case "workdir":
      return container.withWorkdir(step.path)
    case "env":
      return container.withEnvVariable(step.name, step.value)
    case "cache":
      return withCache(container, step)
    case "write":
      return container.withNewFile(step.path, step.text)
    case "copy":
      if (step.files === "all") return container.withDirectory(step.to, inputs)
      // One by one: the engine knows a file by its content, but a filtered directory by the whole that it comes from.
      return step.files.reduce(
        (all, path) => all.withFile(posix.join(step.to, path), inputs.file(path)),
        container,
      )
    case "copyFrom":
      return container.withDirectory(step.to, earlier(stages, step.stage).directory(step.path))
    case "mountFrom":
      return container.withMountedDirectory(step.to, earlier(stages, step.stage).directory(step.path))
    case "dockerBuild":
      return dockerBuild(step, inputs, recipe.platform)
    case "run":
      return container.withExec([...step.command])
  }
}

function withCache(container: Container, step: Extract<Step, { do: "cache" }>): Container {
  return container.withMountedCache(step.path, dag.cacheVolume(step.id), {
    sharing: sharingModes[step.sharing],
  })
}

function earlier(stages: Stages, name: string): Container {
  const stage = stages.get(name)
  if (!stage) throw new Error(`the recipe refers to stage ${name}, which does not come before`)
  return stage
}

const sharingModes = {
  shared: CacheSharingMode.Shared,
  private: CacheSharingMode.Private,
  locked: CacheSharingMode.Locked,
} as const
