import { CacheSharingMode, dag, type Container, type Directory, type Platform } from "@dagger.io/dagger"
import type { Recipe } from "../../core/recipe/recipe.js"
import type { Step } from "../../core/recipe/steps.js"
import { closureRootfs } from "./closure.js"
import { dockerBuild } from "./docker-build.js"
import { installCommand } from "./install.js"
import { withNamedFiles } from "./named-files.js"

/** A recipe's stages by name, in order. */
export type Stages = ReadonlyMap<string, Container>

/** Containers of a recipe's stages. Only describes: nothing runs until something of a container is asked for. */
export function describeStages(recipe: Recipe, inputs: Directory): Stages {
  const stages = new Map<string, Container>()
  for (const stage of recipe.stages) {
    const scope = { recipe, inputs, stages }
    stages.set(
      stage.name,
      joinCopies(stage.steps).reduce((container, step) => applyStep(container, step, scope), blank(recipe)),
    )
  }
  return stages
}

/** What a step may refer to. */
export interface Scope {
  readonly recipe: Recipe
  readonly inputs: Directory
  /** The stages before. */
  readonly stages: Stages
  readonly frozen?: boolean
}

/** A container without anything. */
export function blank(recipe: Recipe): Container {
  return dag.container({ platform: recipe.platform as string as Platform })
}

/** A step, where sources are copied by the command that first needs them. */
export type JoinedStep = Step | (RunStep & { readonly sources: string })

type RunStep = Extract<Step, { readonly do: "run" }>

/**
 * The steps, where a copy of all inputs is left to the next command: before the engine copies anything into a container,
 * it reads every file that is there.
 */
export function joinCopies(steps: readonly Step[]): readonly JoinedStep[] {
  const copy = steps.findIndex((step) => step.do === "copy" && step.files === "all")
  const run = steps.findIndex((step, index) => index > copy && step.do !== "workdir" && step.do !== "env")
  const [copied, command] = [steps[copy], steps[run]]
  if (copied?.do !== "copy" || command?.do !== "run") return steps
  const joined = { ...command, sources: copied.to }
  return [...steps.slice(0, copy), ...steps.slice(copy + 1, run), joined, ...steps.slice(run + 1)]
}

/** Adds one step to a container. Only describes. */
export function applyStep(
  container: Container,
  step: JoinedStep,
  { recipe, inputs, stages, frozen = false }: Scope,
): Container {
  switch (step.do) {
    case "from":
      return step.image === "scratch" ? container : container.from(step.image)
    case "fromStage":
      return earlier(stages, step.stage)
    case "install":
      return container.withExec(installCommand(step.packages))
    case "closure":
      // Copied, not withRootfs: an image that is published of a subfolder would hold the whole that it is cut from.
      return container.withDirectory("/", closureRootfs(step.packages, recipe.scripts.unpack, frozen))
    case "workdir":
      return container.withWorkdir(step.path)
    case "env":
      return container.withEnvVariable(step.name, step.value)
    case "cache":
      return withCache(container, step, stages)
    case "write":
      return container.withNewFile(step.path, step.text)
    case "copy":
      if (step.files === "all") return container.withDirectory(step.to, inputs)
      return withNamedFiles(container, { files: step.files, inputs, to: step.to })
    case "copyFrom":
      return container.withDirectory(step.to, earlier(stages, step.stage).directory(step.path))
    case "mountFrom":
      return container.withMountedDirectory(step.to, earlier(stages, step.stage).directory(step.path))
    case "dockerBuild":
      return dockerBuild(step, inputs, recipe.platform)
    case "run":
      return "sources" in step
        ? container
            .withMountedDirectory(sourcesMount, inputs)
            .withExec(["sh", "-c", copyAndRun, "sh", step.sources, ...step.command])
            .withoutMount(sourcesMount)
        : container.withExec([...step.command])
  }
}

const sourcesMount = "/run/slipway-sources"

const copyAndRun = `mkdir -p "$1" && cp -Rpf ${sourcesMount}/. "$1" && shift && exec "$@"`

/** Mounts a cache as a step says; one that another stage fills begins empty where that stage is not at hand. */
export function withCache(
  container: Container,
  { path, id, sharing, stage }: Extract<Step, { do: "cache" }>,
  stages: Stages,
): Container {
  const source = stage === undefined ? undefined : stages.get(stage)?.directory(path)
  return container.withMountedCache(path, dag.cacheVolume(id), {
    sharing: sharingModes[sharing],
    ...(source ? { source } : {}),
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
