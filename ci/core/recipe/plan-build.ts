import { imageConfig } from "../image/image-config.js"
import { imageScript } from "../image/image-script.js"
import { layerScript } from "../image/layer-script.js"
import { unpackScript } from "../image/unpack-script.js"
import { failure, problemsOf, success, type Result } from "../result.js"
import { closureStage, runtimeClosure } from "./closure-stage.js"
import type { RecipeRequest } from "./language.js"
import { languageRecipe } from "./languages.js"
import { packStage, type Layer, type Recipe } from "./recipe.js"
import type { Stage, Step } from "./steps.js"

/** How a target is built, and the inputs of which its build sees another text. */
export interface BuildPlan {
  readonly recipe: Recipe
  readonly files: ReadonlyMap<string, string>
}

/** Makes the recipe of one target, or tells everything that its lock or its files lack. */
export function planBuild(request: RecipeRequest): Result<BuildPlan> {
  const { service, environment, platform } = request
  const language = languageRecipe(service.language)
  const parts = language?.parts(request)
  if (language === undefined || parts === undefined)
    return failure({ file: service.file, message: `there is no recipe for ${service.language}.` })
  const tools = closureStage("tools", "tools", request)
  const runtime = closureStage("runtime", runtimeClosure(language, service, environment), request)
  if (!tools.ok || !runtime.ok || !parts.ok) return failure(...[tools, runtime, parts].flatMap(problemsOf))
  const { stages, layers, files = new Map<string, string>(), ...configured } = parts.value
  const allLayers: readonly Layer[] = [{ name: "runtime", stage: "runtime", path: "/" }, ...layers]
  const recipe: Recipe = {
    service: service.name,
    environment,
    platform,
    stages: [
      { ...tools.value, steps: [...tools.value.steps, toolsPath] },
      runtime.value,
      ...stages,
      ...allLayers.map(packed),
    ],
    layers: allLayers,
    config: imageConfig({ service, environment, platform, ...configured }),
    scripts: { unpack: unpackScript, image: imageScript },
  }
  return success({ recipe, files })
}

/** Packs one layer on its own: images share it byte for byte, and nothing big is compressed twice. */
function packed(layer: Layer): Stage {
  return {
    name: packStage(layer),
    steps: [
      { do: "fromStage", stage: "tools" },
      { do: "mountFrom", stage: layer.stage, path: layer.path, to: "/content" },
      { do: "run", name: "pack", command: ["sh", "-c", layerScript, "layer.sh", "/content", "/out"] },
    ],
  }
}

/** The tools stage begins with nothing, not even a PATH. */
const toolsPath: Step = { do: "env", name: "PATH", value: "/usr/bin" }
