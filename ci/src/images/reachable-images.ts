import { dag, type Platform as EnginePlatform } from "@dagger.io/dagger"
import type { Recipe } from "../../core/recipe/recipe.js"
import { isPinnedImage } from "../../core/recipe/own-images.js"
import type { Step } from "../../core/recipe/steps.js"

/**
 * The recipe with the current image in place of a locked one that its registry no longer has, said in one line each:
 * a fresh machine must not fail because a tag moved.
 */
export async function withReachableImages(recipe: Recipe, told: (line: string) => void): Promise<Recipe> {
  const pinned = [...new Set(recipe.stages.flatMap(({ steps }) => steps.flatMap(pinnedImages)))]
  const checked = await Promise.all(
    pinned.map(async (image) => ((await isThere(image, recipe)) ? [] : [image])),
  )
  const gone = checked.flat()
  if (gone.length === 0) return recipe
  for (const image of gone) told(`${image} is gone from its registry: the current one is taken`)
  const replace = (step: Step): Step =>
    step.do === "from" && gone.includes(step.image)
      ? { ...step, image: unpinned(step.image) }
      : step.do === "dockerBuild"
        ? { ...step, text: gone.reduce((text, image) => text.replaceAll(image, unpinned(image)), step.text) }
        : step
  return { ...recipe, stages: recipe.stages.map((stage) => ({ ...stage, steps: stage.steps.map(replace) })) }
}

function pinnedImages(step: Step): readonly string[] {
  if (step.do === "from") return isPinnedImage(step.image) ? [step.image] : []
  return step.do === "dockerBuild" ? step.images : []
}

async function isThere(image: string, { platform }: Recipe): Promise<boolean> {
  try {
    await dag
      .container({ platform: platform as string as EnginePlatform })
      .from(image)
      .imageRef()
    return true
  } catch {
    return false
  }
}

function unpinned(image: string): string {
  return image.replace(/@sha256:[0-9a-f]{64}$/, "")
}
