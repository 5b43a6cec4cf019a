import { imageConfig } from "../image/image-config.js"
import { imageScript } from "../image/image-script.js"
import { layerScript } from "../image/layer-script.js"
import { unpackScript } from "../image/unpack-script.js"
import { closureName, closurePackages } from "../lock/closures.js"
import { failure, problemsOf, success, type Result } from "../result.js"
import type { RecipeRequest } from "./language.js"
import { languageRecipe } from "./languages.js"
import { notLocked } from "./not-locked.js"
import type { Recipe } from "./recipe.js"
import type { Stage, Step } from "./steps.js"

/** Makes the recipe of one target, or tells everything that its lock or its files lack. */
export function buildRecipe(request: RecipeRequest): Result<Recipe> {
  const { service, environment, platform } = request
  const language = languageRecipe(service.language)
  const parts = language?.parts(request)
  if (language === undefined || parts === undefined)
    return failure({ file: service.file, message: `there is no recipe for ${service.language}.` })
  const tools = closureStage("tools", "tools", request)
  const runtime = closureStage("runtime", closureName(language.closure, service.packages), request)
  if (!tools.ok || !runtime.ok || !parts.ok) return failure(...[tools, runtime, parts].flatMap(problemsOf))
  const { stages, layers, entrypoint, variables } = parts.value
  return success({
    service: service.name,
    environment,
    platform,
    stages: [{ ...tools.value, steps: [...tools.value.steps, toolsPath] }, runtime.value, ...stages],
    layers: [{ name: "runtime", stage: "runtime", path: "/" }, ...layers],
    config: imageConfig({ service, environment, platform, entrypoint, variables }),
    scripts: { unpack: unpackScript, layer: layerScript, image: imageScript },
  })
}

/** The tools stage begins with nothing, not even a PATH. */
const toolsPath: Step = { do: "env", name: "PATH", value: "/usr/bin" }

/** A stage that is nothing but locked packages. */
function closureStage(
  name: string,
  closure: string,
  { service, platform, lock }: RecipeRequest,
): Result<Stage> {
  const packages = closurePackages(lock, closure, platform)
  if (packages.length === 0) return failure(notLocked(service, `the package set ${closure}`, platform))
  return success({
    name,
    steps: [
      { do: "from", image: "scratch" },
      { do: "closure", name: closure, packages },
    ],
  })
}
