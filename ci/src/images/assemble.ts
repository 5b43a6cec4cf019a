import { dag, type Container, type Directory } from "@dagger.io/dagger"
import { configTemplate, type ImageConfig } from "../../core/image/image-config.js"
import { inheritConfig } from "../../core/image/inherit-config.js"
import { packStage, type Recipe } from "../../core/recipe/recipe.js"
import type { Stages } from "./interpret.js"
import { readConfig } from "./read-config.js"

/**
 * Makes the final image of what the stages hold: a folder with `image.tar`, an OCI archive, and `image.json`, its
 * digest and sizes. Only describes, unless the image takes its config over from a stage, which is built then.
 */
export async function assemble(recipe: Recipe, stages: Stages): Promise<Directory> {
  const config = await finalConfig(recipe, stages)
  const packed = recipe.layers.reduce(
    (container, layer, index) =>
      container.withMountedDirectory(`/layers/${index}`, stageOf(stages, packStage(layer)).directory("/out")),
    stageOf(stages, "tools"),
  )
  return packed
    .withMountedFile("/config.json", dag.file("config.json", configTemplate(config)))
    .withExec(["sh", "-c", recipe.scripts.image, "image.sh", "/layers", "/config.json", "/out"])
    .directory("/out")
}

async function finalConfig(recipe: Recipe, stages: Stages): Promise<ImageConfig> {
  if (recipe.inherits === undefined) return recipe.config
  const built = await readConfig(stageOf(stages, recipe.inherits), stageOf(stages, "tools"))
  return inheritConfig(recipe.config, built)
}

/**
 * The environment in which a service runs, without the service: the file system of the layers below the last,
 * configured as the final image is.
 */
export function runtimeContainer(recipe: Recipe, stages: Stages): Container {
  if (recipe.inherits !== undefined) return stageOf(stages, recipe.inherits)
  const { Entrypoint, Env, User, WorkingDir, Labels } = recipe.config.config
  const rootfs = recipe.layers
    .slice(0, -1)
    .reduce(
      (all, layer) => all.withDirectory("/", stageOf(stages, layer.stage).directory(layer.path)),
      dag.directory(),
    )
  const variables = Env.map((pair) => pair.split(/=(.*)/s) as [string, string])
  const configured = variables.reduce(
    (container, [name, value]) => container.withEnvVariable(name, value),
    stageOf(stages, "runtime").withRootfs(rootfs),
  )
  return Object.entries(Labels ?? {})
    .reduce((container, [name, value]) => container.withLabel(name, value), configured)
    .withUser(User)
    .withWorkdir(WorkingDir)
    .withEntrypoint([...Entrypoint])
}

function stageOf(stages: Stages, name: string): Container {
  const stage = stages.get(name)
  if (!stage) throw new Error(`the recipe has no stage ${name}`)
  return stage
}
