import type { RecipeRequest } from "../language.js"
import type { PythonProject } from "./project.js"

/** What the stages of a Python service are made from. */
export interface PythonContext {
  readonly request: RecipeRequest
  readonly project: PythonProject
  /** Everything that packages may be built with, by version and hash, as uv reads it; empty where nothing is built. */
  readonly constraints: string
}

/** Where the stages keep what uv reads. */
export const constraintsFile = "/build-constraints.txt"
