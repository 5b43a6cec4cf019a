import type { LanguageRecipe } from "../language.js"
import { detectJava } from "./detect.js"
import { javaParts } from "./parts.js"
import { surveyJava } from "./survey.js"
import { jdkClosure, mavenName, mavenVersion } from "./toolchain.js"

/** Java: a runtime made by jlink of the modules that are needed, the libraries, the service's classes; no JDK. */
export const java: LanguageRecipe = {
  closure: "java",
  needs: (service) => ({
    closures: [jdkClosure(service)],
    maven: { [mavenName]: mavenVersion },
  }),
  survey: surveyJava,
  detect: detectJava,
  parts: javaParts,
}
