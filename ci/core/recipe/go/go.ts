import { posix } from "node:path"
import type { LanguageRecipe } from "../language.js"
import { detectGo } from "./detect.js"
import { goParts } from "./parts.js"

/** Go: a static binary on nothing but certificates and time zones. */
export const go: LanguageRecipe = {
  closure: "static",
  needs: ({ version }) => ({ go: version }),
  survey: ({ folder }) => ({ reads: [posix.join(folder, "go.mod")] }),
  detect: detectGo,
  parts: goParts,
}
