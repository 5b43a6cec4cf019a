import type { LanguageRecipe } from "../language.js"
import { detectNode } from "./detect.js"
import { nodeParts } from "./parts.js"

/** Node: a stripped node binary, production dependencies and the built service; no npm. */
export const node: LanguageRecipe = {
  closure: "node",
  reads: ["package.json", "package-lock.json"],
  detect: detectNode,
  parts: nodeParts,
}
