import type { LanguageRecipe } from "../language.js"
import { detectDocker } from "./detect.js"
import { dockerParts } from "./parts.js"
import { surveyDocker } from "./survey.js"

/** A Dockerfile as it is, with everything pinned that it takes from outside by name. */
export const docker: LanguageRecipe = {
  closure: undefined,
  needs: ({ docker: { images = [], urls = [] } = {} }) => ({ images, urls }),
  survey: surveyDocker,
  detect: detectDocker,
  parts: dockerParts,
}
