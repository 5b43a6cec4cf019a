import { workshop } from "../../lock/closures.js"
import { builderClosure } from "../closure-stage.js"
import type { LanguageRecipe } from "../language.js"
import { detectGo } from "./detect.js"
import { goRuntime, needsNative } from "./native.js"
import { goParts } from "./parts.js"
import { surveyGo } from "./survey.js"

/** Go: a static binary on nothing but certificates and time zones, or with cgo on the C library. */
export const go: LanguageRecipe = {
  closure: goRuntime,
  needs: (service) => ({
    go: service.version,
    closures: [workshop, ...(needsNative(service) ? [builderClosure("native", service)] : [])],
  }),
  survey: surveyGo,
  detect: detectGo,
  parts: goParts,
}
