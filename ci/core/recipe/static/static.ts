import { workshop } from "../../lock/closures.js"
import { posix } from "node:path"
import type { LanguageRecipe, OutsideNeeds } from "../language.js"
import { node } from "../node/node.js"
import { detectStatic } from "./detect.js"
import { isBuiltPage } from "./page.js"
import { staticParts } from "./parts.js"
import { serverGo } from "./server-stages.js"

/** A page: a folder of files, as it is or built with Node, and a small server. */
export const staticPage: LanguageRecipe = {
  closure: "static",
  needs: (service) => {
    // Only a page that Node builds has a version other than that of the server's Go.
    const ofPage: OutsideNeeds = service.version === serverGo ? {} : node.needs(service)
    return { ...ofPage, closures: [workshop, ...(ofPage.closures ?? [])], go: serverGo }
  },
  survey: (request) => {
    const isBuilt = isBuiltPage({ ...request, build: request.manifest.build })
    const { reads, ...survey } = isBuilt ? node.survey(request) : { reads: [] }
    return { ...survey, reads: [...reads, posix.join(request.folder, "package.json")] }
  },
  detect: detectStatic,
  parts: staticParts,
}
