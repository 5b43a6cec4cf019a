import type { LanguageRecipe } from "../language.js"
import { detectGo } from "./detect.js"
import { goParts } from "./parts.js"

/** Go: a static binary on nothing but certificates and time zones. */
export const go: LanguageRecipe = { closure: "static", reads: ["go.mod"], detect: detectGo, parts: goParts }
