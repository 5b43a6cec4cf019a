import type { EnvironmentName, Platform, ServiceName } from "../ids.js"
import type { ImageConfig } from "../image/image-config.js"
import type { Stage } from "./steps.js"

/** One layer of the final image: everything in a folder of a stage becomes `/`. */
export interface Layer {
  readonly name: string
  readonly stage: string
  readonly path: string
}

/** The stage in whose /out a layer is packed, by the recipe's script `layer`. */
export function packStage(layer: Layer): string {
  return `layer ${layer.name}`
}

/** The shell scripts that make bytes; in the recipe, so that a change of theirs changes every key. */
export interface RecipeScripts {
  /** Makes a root file system of locked Debian packages. */
  readonly unpack: string
  /** Makes the image archive of layers and config. */
  readonly image: string
}

/**
 * How one target is built, as data: everything but the inputs that can change the image.
 * Layers and the image are made in the stage `tools`, whose packages are locked.
 */
export interface Recipe {
  readonly service: ServiceName
  readonly environment: EnvironmentName
  readonly platform: Platform
  /** Each after the stages that it refers to; the last are those that pack the layers. */
  readonly stages: readonly Stage[]
  /** The lowest first. */
  readonly layers: readonly Layer[]
  readonly config: ImageConfig
  /** The stage whose config is laid under it, known only when that is built. */
  readonly inherits?: string
  readonly scripts: RecipeScripts
}
