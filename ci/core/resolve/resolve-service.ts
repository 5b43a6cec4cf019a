import { posix } from "node:path"
import { ServiceName } from "../ids.js"
import type { Lock } from "../lock/lock.js"
import type { FleetManifest } from "../manifest/fleet-manifest.js"
import type { Parsed } from "../manifest/parse.js"
import type { ServiceManifest } from "../manifest/service-manifest.js"
import type { Problem } from "../problem.js"
import { languageRecipe, languagesWithRecipe } from "../recipe/languages.js"
import { failure, success, type Result } from "../result.js"
import { problemAt } from "../yaml/schema-problems.js"
import { isWithin, tidyPath } from "../listing.js"
import { otherLanguage, partsOfOthers } from "./other-language.js"
import { resolveHealth } from "./health.js"
import { inputMatcher, inputRoots, leavesNothing } from "./inputs.js"
import type { OwnImages, ResolvedService } from "./resolved-service.js"
import type { Sources } from "./sources.js"
import { resolveVariants } from "./variants.js"

/** Where a service is resolved. */
export interface ResolveContext {
  readonly fleet: FleetManifest
  readonly lock: Lock
  readonly sources: Sources
}

/** Fills in every default of one service, or tells every reason why that cannot be done. */
export function resolveService(
  parsed: Parsed<ServiceManifest>,
  context: ResolveContext,
): Result<ResolvedService> {
  const { manifest, yaml } = parsed
  const at = (path: string, message: string): Problem => problemAt(yaml, [path], message)
  const folder = posix.dirname(yaml.file)
  const rules = {
    folder,
    file: yaml.file,
    uses: outermost(
      [...(manifest.uses ?? []).map(tidyPath), ...(context.sources.uses.get(yaml.file) ?? [])],
      folder,
    ),
    include: manifest.include ?? [],
    ignore: manifest.ignore ?? [],
  }

  const name = ServiceName.safeParse(manifest.name ?? posix.basename(folder))
  const health = resolveHealth(manifest.health, context.fleet.defaults.health, manifest.port)
  const recipe = languageRecipe(manifest.language)
  const environments = resolveVariants(context.fleet, manifest)
  const detected = recipe?.detect({
    manifest,
    environments,
    at,
    folder,
    lock: context.lock,
    paths: inputRoots(rules)
      .flatMap((root) => context.sources.paths.get(root) ?? [])
      .filter(inputMatcher(rules)),
    texts: context.sources.texts,
  })
  const all = context.sources.paths.get(folder) ?? []
  const whyNot = (problems: readonly Problem[]): readonly Problem[] => {
    if (leavesNothing(rules, all))
      return [at(manifest.include === undefined ? "ignore" : "include", nothingLeft(folder))]
    const other = otherLanguage(manifest, folder, all)
    return other === undefined ? problems : [at("language", other)]
  }
  const problems = [
    ...(name.success
      ? []
      : [at("name", `the folder's name "${posix.basename(folder)}" is no image name. Add a name.`)]),
    ...(typeof health === "string" ? [at("health", health)] : []),
    ...partsOfOthers(manifest, at),
    ...(recipe === undefined ? [at("language", noRecipe(manifest.language))] : []),
    ...absentUses(rules.uses, context.sources).map((used) =>
      at("uses", `there is no ${used} in the repository.`),
    ),
    ...(detected === undefined || detected.ok ? [] : whyNot(detected.problems)),
  ]
  if (
    !name.success ||
    typeof health === "string" ||
    detected === undefined ||
    !detected.ok ||
    problems.length > 0
  ) {
    return failure(...problems)
  }
  const assets = [...new Set([...(manifest.assets ?? []), ...(detected.value.assets ?? [])])]
  return success({
    name: name.data,
    ...rules,
    language: manifest.language,
    ...detected.value,
    ...(manifest.command === undefined ? {} : { command: manifest.command }),
    ...(manifest.build === undefined ? {} : { build: manifest.build }),
    ...(manifest.static === undefined ? {} : { static: manifest.static }),
    ...(manifest.port === undefined ? {} : { port: manifest.port }),
    ...(health === undefined ? {} : { health }),
    environments,
    ...(assets.length === 0 ? {} : { assets }),
    ...(manifest.writable === undefined
      ? {}
      : { writable: [...new Set(manifest.writable.map(tidyPath))].sort() }),
    ...(manifest.images === undefined ? {} : { images: ownImages(manifest.images) }),
    ...(manifest.java === undefined ? {} : { java: manifest.java }),
    packages: [...new Set(manifest.packages)].sort(),
    builderPackages: [...new Set(manifest.builderPackages)].sort(),
    user: manifest.user ?? "65532:65532",
    stopSignal: manifest.stopSignal ?? "SIGTERM",
    labels: manifest.labels ?? {},
  })
}

function nothingLeft(folder: string): string {
  return `leaves no file of ${folder}. Its globs begin in that folder, as in src/**.`
}

function ownImages({ builder, runtime }: NonNullable<ServiceManifest["images"]>): OwnImages {
  return {
    ...(builder === undefined ? {} : { builder }),
    ...(runtime === undefined ? {} : { runtime }),
  }
}

/** Sorted, without what lies in the service's own folder or in another of them. */
function outermost(uses: readonly string[], folder: string): readonly string[] {
  const outside = [...new Set(uses)].filter((used) => !isWithin(used, folder))
  return outside.filter((used) => !outside.some((other) => other !== used && isWithin(used, other))).sort()
}

function noRecipe(language: string): string {
  return `there is no recipe for ${language} yet. Use one of ${languagesWithRecipe().join(", ")}.`
}

function absentUses(uses: readonly string[], { paths }: Sources): readonly string[] {
  return uses.filter((used) => (paths.get(used) ?? []).length === 0)
}
