import { workshop } from "../../lock/closures.js"
import { builderClosure } from "../closure-stage.js"
import type { LanguageRecipe } from "../language.js"
import { detectNode } from "./detect.js"
import { npmVersion } from "./installers.js"
import { nodeParts } from "./parts.js"
import { surveyNode } from "./survey.js"

/** Node: a stripped node binary, production dependencies and the built service; no package manager. */
export const node: LanguageRecipe = {
  closure: "node",
  needs: (service) => {
    const { name, version } = service.installer ?? { name: "npm", version: npmVersion }
    return {
      closures: [workshop, builderClosure("native-node", service)],
      node: service.version,
      // npm runs scripts, whichever package manager a service has.
      npm: { npm: npmVersion, [name]: version },
    }
  },
  survey: surveyNode,
  detect: detectNode,
  parts: nodeParts,
}
