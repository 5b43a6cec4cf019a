import { CacheSharingMode, dag, type Container, type Directory, type Platform } from "@dagger.io/dagger"
import type { Recipe, Stage, Step } from "../../core/recipe/step.js"
import { closureRootfs } from "./closure.js"
import { stepFailure } from "./step-failure.js"

/** What a recipe is interpreted with. */
export interface Interpretation {
  /** The target's inputs, laid out as in the repository. */
  readonly inputs: Directory
  /** Called when a command starts; never for one that was not needed. */
  readonly onStep?: (stage: string, step: string) => void
}

/**
 * Containers of a recipe's stages by name. Only describes: nothing runs until something of a container is asked for.
 */
export function describeStages(recipe: Recipe, { inputs }: Interpretation): ReadonlyMap<string, Container> {
  const stages = new Map<string, Container>()
  for (const stage of recipe.stages) {
    const blank = dag.container({ platform: recipe.platform as string as Platform })
    stages.set(
      stage.name,
      stage.steps.reduce((container, step) => applyStep(container, step, inputs, stages), blank),
    )
  }
  return stages
}

/**
 * Runs the stages command by command, so that a failure names its step and progress is seen. Returns the same
 * containers as {@link describeStages}. Throws a {@link StepFailure}.
 */
export async function runStages(recipe: Recipe, interpretation: Interpretation): Promise<ReadonlyMap<string, Container>> {
  const stages = new Map<string, Container>()
  for (const stage of recipe.stages) {
    stages.set(stage.name, await runStage(stage, recipe, interpretation, stages))
  }
  return stages
}

async function runStage(
  stage: Stage,
  recipe: Recipe,
  { inputs, onStep }: Interpretation,
  earlier: ReadonlyMap<string, Container>,
): Promise<Container> {
  let container = dag.container({ platform: recipe.platform as string as Platform })
  for (const step of stage.steps) {
    container = applyStep(container, step, inputs, earlier)
    if (step.do !== "run" && step.do !== "install") continue
    const name = step.do === "run" ? step.name : `apt-get install ${step.packages.join(" ")}`
    onStep?.(stage.name, name)
    try {
      container = await container.sync()
    } catch (error) {
      throw stepFailure(error, { stage: stage.name, step: name })
    }
  }
  return container
}

function applyStep(
  container: Container,
  step: Step,
  inputs: Directory,
  stages: ReadonlyMap<string, Container>,
): Container {
  switch (step.do) {
    case "from":
      return container.from(step.image)
    case "install":
      return container.withExec(["sh", "-ec", installScript, "install", ...step.packages])
    case "closure":
      return container.withDirectory("/", closureRootfs(step.packages))
    case "workdir":
      return container.withWorkdir(step.path)
    case "env":
      return container.withEnvVariable(step.name, step.value)
    case "cache":
      return container.withMountedCache(step.path, dag.cacheVolume(step.id), { sharing: sharingModes[step.sharing] })
    case "write":
      return container.withNewFile(step.path, step.text)
    case "copy":
      return container.withDirectory(step.to, inputs.directory(step.root), { include: [...step.include] })
    case "copyFrom": {
      const from = stages.get(step.stage)
      if (!from) throw new Error(`recipe copies from stage ${step.stage}, which does not come before`)
      return container.withDirectory(step.to, from.directory(step.path))
    }
    case "run":
      return container.withExec([...step.command])
  }
}

/** Index and packages in one command: a kept index of yesterday names packages that the mirror has dropped. */
const installScript = `
export DEBIAN_FRONTEND=noninteractive
apt-get -qq -o Acquire::Retries=3 update
apt-get -qq -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@" >/dev/null
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/*
`

const sharingModes = {
  shared: CacheSharingMode.Shared,
  private: CacheSharingMode.Private,
  locked: CacheSharingMode.Locked,
} as const
