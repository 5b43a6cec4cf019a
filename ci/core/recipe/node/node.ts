import { posix } from "node:path"
import type { LanguageRecipe } from "../language.js"
import { detectNode } from "./detect.js"
import { nodeParts } from "./parts.js"
import { npmVersion } from "./toolchain.js"

/** Node: a stripped node binary, production dependencies and the built service; no npm. */
export const node: LanguageRecipe = {
  closure: "node",
  needs: ({ version }) => ({ node: version, npm: { npm: npmVersion } }),
  survey: ({ folder }) => ({
    reads: ["package.json", "package-lock.json"].map((name) => posix.join(folder, name)),
  }),
  detect: detectNode,
  parts: nodeParts,
}
