import type { LanguageRecipe } from "../language.js"
import { builderClosure } from "../closure-stage.js"
import { detectRust } from "./detect.js"
import { rustParts } from "./parts.js"
import { surveyRust } from "./survey.js"
import { rustClosure } from "./toolchain.js"

/** Rust: a static binary on nothing but certificates and time zones. */
export const rust: LanguageRecipe = {
  closure: "static",
  needs: (service) => ({ closures: [builderClosure(rustClosure, service)] }),
  survey: surveyRust,
  detect: detectRust,
  parts: rustParts,
}
