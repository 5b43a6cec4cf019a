import { builderClosure } from "../closure-stage.js"
import type { LanguageRecipe } from "../language.js"
import { detectPython } from "./detect.js"
import { runtimeClosure } from "./interpreter.js"
import { pythonParts } from "./parts.js"
import { surveyPython } from "./survey.js"
import { nativeClosure, plainClosure } from "./toolchain.js"
import { buildBackends, uvVersion } from "./tools.js"

/** Python: Debian's interpreter, the packages of the service's lock, its shared packages and itself; no pip. */
export const python: LanguageRecipe = {
  closure: runtimeClosure,
  needs: (service) => ({
    closures: [plainClosure, builderClosure(nativeClosure, service)],
    pypi: { uv: uvVersion, ...buildBackends },
  }),
  survey: surveyPython,
  detect: detectPython,
  parts: pythonParts,
}
