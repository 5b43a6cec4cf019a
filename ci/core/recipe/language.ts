import type { EnvironmentName, Platform } from "../ids.js"
import type { Listing } from "../listing.js"
import type { Lock } from "../lock/lock.js"
import type { ServiceManifest } from "../manifest/service-manifest.js"
import type { Problem } from "../problem.js"
import type { ResolvedService } from "../resolve/resolved-service.js"
import type { Result } from "../result.js"
import type { Layer } from "./recipe.js"
import type { Stage } from "./steps.js"

/** What a language may look at to fill in a manifest's defaults. */
export interface DetectRequest {
  readonly manifest: ServiceManifest
  readonly folder: string
  readonly lock: Lock
  /** The inputs' paths. */
  readonly paths: readonly string[]
  readonly texts: ReadonlyMap<string, string>
  /** A problem with the line of a setting of the manifest. */
  readonly at: (setting: string, message: string) => Problem
}

/** What a recipe is made from. */
export interface RecipeRequest {
  readonly service: ResolvedService
  readonly environment: EnvironmentName
  readonly platform: Platform
  readonly lock: Lock
  readonly inputs: Listing
  readonly texts: ReadonlyMap<string, string>
}

/** What a language adds to a recipe. */
export interface LanguageParts {
  /** Stages in order, the last one `builder`; they may refer to `tools`. */
  readonly stages: readonly Stage[]
  /** Layers above the closure. */
  readonly layers: readonly Layer[]
  readonly entrypoint: readonly string[]
  /** Environment variables that the service can overrule. */
  readonly variables: Readonly<Record<string, string>>
}

/** How services of one language are understood and built. */
export interface LanguageRecipe {
  /** The closure of Debian packages that its runtime needs. */
  readonly closure: "static" | "node"
  /** Names of the files whose texts it reads. */
  readonly reads: readonly string[]
  detect(request: DetectRequest): Result<{ readonly version: string; readonly entrypoint: string }>
  parts(request: RecipeRequest): Result<LanguageParts>
}
