import { posix } from "node:path"
import { treeMatcher } from "../globs.js"
import { isWithin, pathWithin, tidyPath } from "../listing.js"
import { didYouMean } from "../suggest.js"
import { failure, success, type Result } from "../result.js"
import type { RecipeRequest } from "./language.js"
import type { Layer } from "./recipe.js"
import { script, shellWord, type Stage, type Step } from "./steps.js"

/** What a service's assets add to a recipe. */
export interface AssetParts {
  readonly stages: readonly Stage[]
  readonly layers: readonly Layer[]
}

/** One entry of a service's assets, and the inputs that it names: of the service's folder, else of the others. */
interface Found {
  readonly name: string
  readonly to?: string
  readonly inside: readonly string[]
  readonly outside: readonly string[]
}

/**
 * Stages and a layer with the files that a service wants beside its program in /app: those of its own folder under
 * their path in it, others that it uses under their path in the repository, or where the service starts under another
 * name.
 */
export function assetParts(request: RecipeRequest, workingDirectory: string): Result<AssetParts> {
  const { service } = request
  const { assets = [], folder } = service
  if (assets.length === 0) return success({ stages: [], layers: [] })
  const found = findAssets(request)
  const empty = found.filter(({ inside, outside }) => inside.length + outside.length === 0)
  if (empty.length > 0) {
    const own = request.inputs.filter(({ path }) => isWithin(path, folder))
    const names = [...new Set(own.flatMap(({ path }) => pathWithin(path, folder).split("/")[0] ?? []))]
    return failure(
      ...empty.map(({ name }) => ({
        file: service.file,
        path: "assets",
        message: `"${name}" matches no file of ${folder} or of what it uses.${didYouMean(name, names)}`,
      })),
    )
  }
  const kept = found.filter(({ to }) => to === undefined)
  const inside = unique(kept.flatMap((each) => each.inside))
  const outside = unique(kept.flatMap((each) => each.outside))
  const moves = found.flatMap((each) => moveSteps(each, folder, workingDirectory))
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
  const base: Step =
    moves.length === 0 ? { do: "from", image: "scratch" } : { do: "fromStage", stage: "tools" }
  return success({
    stages: [...(inside.length === 0 ? [] : [files]), { name: "assets", steps: [base, ...copies, ...moves] }],
    layers: [{ name: "assets", stage: "assets", path: "/out" }],
  })
}

function findAssets({ service, inputs }: RecipeRequest): readonly Found[] {
  const { assets = [], folder } = service
  const paths = inputs.map(({ path }) => path)
  const own = paths.filter((path) => isWithin(path, folder))
  const others = paths.filter((path) => !isWithin(path, folder))
  return assets.map((asset) => {
    const { from, to } =
      typeof asset === "string" ? { from: asset } : { ...asset, from: tidyPath(asset.from) }
    const matches = to === undefined ? treeMatcher([from]) : (path: string) => isWithin(path, from)
    const inside = own.filter((path) => matches(pathWithin(path, folder)))
    const outside = inside.length > 0 ? [] : others.filter(matches)
    return { name: from, ...(to === undefined ? {} : { to }), inside, outside }
  })
}

function moveSteps(
  { name, to, inside, outside }: Found,
  folder: string,
  workingDirectory: string,
): readonly Step[] {
  if (to === undefined) return []
  const from = posix.join("/src", inside.length > 0 ? folder : ".", name)
  const target = posix.join("/out", workingDirectory, to)
  return [
    { do: "copy", files: [...inside, ...outside], to: "/src" },
    script(
      `place ${to}`,
      `mkdir -p ${shellWord(posix.dirname(target))}`,
      `cp -R ${shellWord(from)} ${shellWord(target)}`,
    ),
  ]
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].sort()
}
