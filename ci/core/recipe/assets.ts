import { posix } from "node:path"
import { treeMatcher } from "../globs.js"
import { isWithin, pathWithin } from "../listing.js"
import { didYouMean } from "../suggest.js"
import { failure, success, type Result } from "../result.js"
import type { RecipeRequest } from "./language.js"
import type { Layer } from "./recipe.js"
import type { Stage, Step } from "./steps.js"

/** What a service's assets add to a recipe. */
export interface AssetParts {
  readonly stages: readonly Stage[]
  readonly layers: readonly Layer[]
}

/**
 * Stages and a layer with the files that a service wants beside its program in /app: those of its own folder under
 * their path in it, others that it uses under their path in the repository.
 */
export function assetParts({ service, inputs }: RecipeRequest): Result<AssetParts> {
  const { assets = [], folder } = service
  if (assets.length === 0) return success({ stages: [], layers: [] })
  const paths = inputs.map(({ path }) => path)
  const own = paths.filter((path) => isWithin(path, folder))
  const others = paths.filter((path) => !isWithin(path, folder))
  const found = assets.map((glob) => {
    const matches = treeMatcher([glob])
    const inside = own.filter((path) => matches(pathWithin(path, folder)))
    return { glob, inside, outside: inside.length > 0 ? [] : others.filter(matches) }
  })
  const empty = found.filter(({ inside, outside }) => inside.length + outside.length === 0)
  if (empty.length > 0) {
    const names = [...new Set(own.flatMap((path) => pathWithin(path, folder).split("/")[0] ?? []))]
    return failure(
      ...empty.map(({ glob }) => ({
        file: service.file,
        path: "assets",
        message: `"${glob}" matches no file of ${folder} or of what it uses.${didYouMean(glob, names)}`,
      })),
    )
  }
  const inside = unique(found.flatMap((each) => each.inside))
  const outside = unique(found.flatMap((each) => each.outside))
  const copies: readonly Step[] = [
    ...(outside.length === 0 ? [] : [{ do: "copy", files: outside, to: "/out/app" } as const]),
    ...(inside.length === 0
      ? []
      : [
          { do: "copyFrom", stage: "asset-files", path: posix.join("/src", folder), to: "/out/app" } as const,
        ]),
  ]
  const files: Stage = {
    name: "asset-files",
    steps: [
      { do: "from", image: "scratch" },
      { do: "copy", files: inside, to: "/src" },
    ],
  }
  return success({
    stages: [
      ...(inside.length === 0 ? [] : [files]),
      { name: "assets", steps: [{ do: "from", image: "scratch" }, ...copies] },
    ],
    layers: [{ name: "assets", stage: "assets", path: "/out" }],
  })
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].sort()
}
