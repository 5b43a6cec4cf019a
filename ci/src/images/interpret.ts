import { posix } from "node:path"
import { CacheSharingMode, dag, type Container, type Directory, type Platform } from "@dagger.io/dagger"
import type { Recipe } from "../../core/recipe/recipe.js"
import type { Stage, Step } from "../../core/recipe/steps.js"
import { closureRootfs } from "./closure.js"
import { installScript } from "./install-script.js"
import { stepFailure } from "./step-failure.js"

/** What a recipe is interpreted with. */
export interface Interpretation {
  /** The target's inputs, laid out as in the repository. */
  readonly inputs: Directory
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
 * Runs the stages command by command, so that progress is seen and a failure names its step. Returns the same
 * containers as {@link describeStages}. Throws a StepFailure.
 */
export async function runStages(recipe: Recipe, { inputs, onStep }: Interpretation): Promise<Stages> {
  const stages = new Map<string, Container>()
  for (const stage of recipe.stages) {
    stages.set(stage.name, await runStage(stage, { recipe, inputs, stages }, onStep))
  }
  return stages
}

interface Scope {
  readonly recipe: Recipe
  readonly inputs: Directory
  /** The stages before. */
  readonly stages: Stages
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
      throw stepFailure(error, { stage: stage.name, step: name })
    }
  }
  return container
}

/** What people see of a step that runs something; undefined for one that only describes. */
function commandName(step: Step): string | undefined {
  if (step.do === "run") return step.name
  if (step.do === "install") return `apt-get install ${step.packages.join(" ")}`
  return step.do === "closure" ? `Debian packages of ${step.name}` : undefined
}

function blank(recipe: Recipe): Container {
  return dag.container({ platform: recipe.platform as string as Platform })
}

function applyStep(container: Container, step: Step, { recipe, inputs, stages }: Scope): Container {
  switch (step.do) {
    case "from":
      return step.image === "scratch" ? container : container.from(step.image)
    case "fromStage":
      return earlier(stages, step.stage)
    case "install":
      return container.withExec(["sh", "-ec", installScript, "install", ...step.packages])
    case "closure":
      return container.withRootfs(closureRootfs(step.packages, recipe.scripts.unpack))
    case "workdir":
      return container.withWorkdir(step.path)
    case "env":
      return container.withEnvVariable(step.name, step.value)
    case "cache":
      return container.withMountedCache(step.path, dag.cacheVolume(step.id), {
        sharing: sharingModes[step.sharing],
      })
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
    case "run":
      return container.withExec([...step.command])
  }
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
