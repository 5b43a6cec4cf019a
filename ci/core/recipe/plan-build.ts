import { imageConfig } from "../image/image-config.js"
import { overlaidConfig } from "../image/inherit-config.js"
import { exactLayerScript } from "../image/exact-layer-script.js"
import { imageScript } from "../image/image-script.js"
import { layerScript } from "../image/layer-script.js"
import { unpackScript } from "../image/unpack-script.js"
import { workshop } from "../lock/closures.js"
import { failure, problemsOf, success, type Result } from "../result.js"
import { closureStage, runtimeClosure } from "./closure-stage.js"
import { assetParts } from "./assets.js"
import type { RecipeRequest } from "./language.js"
import { languageRecipe } from "./languages.js"
import { ownRuntime, withOwnBuilder } from "./own-images.js"
import { packStage, type Layer, type Recipe } from "./recipe.js"
import type { Stage, Step } from "./steps.js"
import { writableParts } from "./writable.js"

/** How a target is built, and the inputs of which its build sees another text. */
export interface BuildPlan {
  readonly recipe: Recipe
  readonly files: ReadonlyMap<string, string>
  /** The inputs that the build sees, where that is not all of them. */
  readonly keeps?: ReadonlySet<string>
}

/** Makes the recipe of one target, or tells everything that its lock or its files lack. */
export function planBuild(request: RecipeRequest): Result<BuildPlan> {
  const { service, environment, platform } = request
  const language = languageRecipe(service.language)
  const parts = language?.parts(request)
  if (language === undefined || parts === undefined)
    return failure({ file: service.file, message: `there is no recipe for ${service.language}.` })
  const tools = closureStage("tools", workshop, request)
  const closure = runtimeClosure(language, service, environment)
  const ofPackages = closure === undefined ? success(undefined) : closureStage("runtime", closure, request)
  const runtime = ownRuntime(request) ?? ofPackages
  const folder = parts.ok ? parts.value.workingDirectory : undefined
  const assets = assetParts(request, folder ?? "/app")
  const writable = writableParts(request, folder ?? "/app")
  if (!tools.ok || !runtime.ok || !parts.ok || !assets.ok)
    return failure(...[tools, runtime, parts, assets].flatMap(problemsOf))
  const {
    stages: own,
    layers,
    files = new Map<string, string>(),
    keeps,
    inherits,
    ...configured
  } = parts.value
  const used = ["builder", ...layers.map(({ stage }) => stage)]
  const stages = withOwnBuilder(own, used, request)
  if (!stages.ok) return stages
  const allLayers: readonly Layer[] = [
    ...(runtime.value === undefined ? [] : [{ name: "runtime", stage: "runtime", path: "/" }]),
    ...assets.value.layers,
    ...layers,
    ...writable.layers,
  ]
  const pack = inherits === undefined ? layerScript : exactLayerScript
  const recipe: Recipe = {
    service: service.name,
    environment,
    platform,
    stages: [
      { ...tools.value, steps: [...tools.value.steps, toolsPath] },
      ...(runtime.value === undefined ? [] : [runtime.value]),
      ...assets.value.stages,
      ...stages.value,
      ...writable.stages,
      ...allLayers.map((layer) => packed(layer, pack)),
    ],
    layers: allLayers,
    config:
      inherits === undefined
        ? imageConfig({ service, environment, platform, ...configured })
        : overlaidConfig({ service, environment, platform }),
    ...(inherits === undefined ? {} : { inherits }),
    scripts: { unpack: unpackScript, image: imageScript },
  }
  return success({ recipe, files, ...(keeps === undefined ? {} : { keeps }) })
}

/** Packs one layer on its own: images share it byte for byte, and nothing big is compressed twice. */
function packed(layer: Layer, packScript: string): Stage {
  return {
    name: packStage(layer),
    steps: [
      { do: "fromStage", stage: "tools" },
      { do: "mountFrom", stage: layer.stage, path: layer.path, to: "/content" },
      { do: "run", name: "pack", command: ["sh", "-c", packScript, "layer.sh", "/content", "/out"] },
    ],
  }
}

/** The tools stage begins with nothing, not even a PATH. */
const toolsPath: Step = { do: "env", name: "PATH", value: "/usr/bin" }
