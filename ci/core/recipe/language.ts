import type { EnvironmentName, Platform } from "../ids.js"
import type { Listing } from "../listing.js"
import type { Lock } from "../lock/lock.js"
import type { ServiceManifest } from "../manifest/service-manifest.js"
import type { Problem } from "../problem.js"
import type { ResolvedService } from "../resolve/resolved-service.js"
import type { Result } from "../result.js"
import type { Layer } from "./recipe.js"
import type { Stage } from "./steps.js"

/** What a language knows of a repository while it finds out what a service is made from. */
export interface SurveyRequest {
  readonly manifest: ServiceManifest
  /** The service's folder. */
  readonly folder: string
  /** Texts of the files that were asked for so far; undefined where there is no such file. */
  readonly texts: ReadonlyMap<string, string | undefined>
  /** Paths in the folders that were asked for so far. */
  readonly paths: ReadonlyMap<string, readonly string[]>
}

/**
 * What a service is made from, as far as it can be told yet: asked again with what was read, until it asks for nothing
 * new. All paths from the repository's root.
 */
export interface Survey {
  /** Files whose texts it needs; they need not exist. */
  readonly reads: readonly string[]
  /** Folders whose files it needs to know by name. */
  readonly lists?: readonly string[]
  /** Folders and files outside of the service's own that its build reads: shared code, a workspace's files. */
  readonly uses?: readonly string[]
}

/** What a language may look at to fill in a manifest's defaults. */
export interface DetectRequest {
  readonly manifest: ServiceManifest
  readonly folder: string
  readonly lock: Lock
  /** The inputs' paths. */
  readonly paths: readonly string[]
  /** What the survey asked for, and is there. */
  readonly texts: ReadonlyMap<string, string>
  /** Arguments and variables of each environment. */
  readonly environments: ResolvedService["environments"]
  /** A problem with the line of a setting of the manifest. */
  readonly at: (setting: string, message: string) => Problem
}

/** What a language fills in of a service. */
export type Detected = Pick<ResolvedService, "version" | "entrypoint"> &
  Pick<Partial<ResolvedService>, "installer" | "docker" | "assets" | "requirements">

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
  /** Stages in order, the last one `builder`; they may refer to `tools` and to `runtime`. */
  readonly stages: readonly Stage[]
  /** Layers above the closure. */
  readonly layers: readonly Layer[]
  readonly entrypoint: readonly string[]
  /** Where the service starts; /app by default. */
  readonly workingDirectory?: string
  /** Environment variables that the service can overrule. */
  readonly variables: Readonly<Record<string, string>>
  /**
   * Inputs of which the build sees another text, by path: the slice of a shared lockfile that this service reaches, so
   * that neither its key nor its bytes depend on the rest. A path that is no input becomes one.
   */
  readonly files?: ReadonlyMap<string, string>
  /** The inputs that the build sees, where that is not all of them. */
  readonly keeps?: ReadonlySet<string>
  /** The stage whose config the image takes over where the service says nothing else. */
  readonly inherits?: string
}

/** What services need from outside, as a lock pins it. */
export interface OutsideNeeds {
  /** Sets of Debian packages: names of closures. */
  readonly closures?: readonly string[]
  /** An exact version, or the beginning of one. */
  readonly node?: string
  readonly go?: string
  /** Programs from the npm registry, from PyPI and from Maven Central, by name: the beginning of a version. */
  readonly npm?: Readonly<Record<string, string>>
  readonly pypi?: Readonly<Record<string, string>>
  readonly maven?: Readonly<Record<string, string>>
  /** References of images, and addresses of files. */
  readonly images?: readonly string[]
  readonly urls?: readonly string[]
}

/** How services of one language are understood and built. */
export interface LanguageRecipe {
  /** The closure of Debian packages that its images run on, where need be by service and environment. */
  readonly closure: string | undefined | ((service: ResolvedService, environment: EnvironmentName) => string)
  /** What its builders need from outside; a closure's name here may come from {@link builderClosure}. */
  needs(service: ResolvedService): OutsideNeeds
  survey(request: SurveyRequest): Survey
  detect(request: DetectRequest): Result<Detected>
  parts(request: RecipeRequest): Result<LanguageParts>
}
