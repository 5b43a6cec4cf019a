import { failure, success } from "../../result.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import { node } from "../node/node.js"
import { isBuiltPage, joinCandidates, plainPage } from "./page.js"
import { serverGo } from "./server-stages.js"

/** Finds the folder of a page, or has Node's recipe say how it is built. */
export function detectStatic(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const { manifest, folder, paths, at } = request
  if (isBuiltPage({ ...request, build: manifest.build })) {
    const built = node.detect({ ...request, manifest: { ...manifest, entrypoint: "package.json" } })
    return built.ok ? success({ ...built.value, entrypoint: joinCandidates(manifest.entrypoint) }) : built
  }
  const found = plainPage(folder, manifest.entrypoint, paths)
  if (found !== undefined) return success({ version: serverGo, entrypoint: found })
  const place = manifest.entrypoint ?? `${folder} or its folders dist, build, out and public`
  const message = `there is no index.html in ${place}. Name the page's folder, or add a package.json with a build script.`
  return failure(at("entrypoint", message))
}
