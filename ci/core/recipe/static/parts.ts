import { posix } from "node:path"
import { staticSite } from "../../manifest/static-site.js"
import { failure, problemsOf, success, type Result } from "../../result.js"
import type { LanguageParts, LanguageRecipe, RecipeRequest } from "../language.js"
import { beforeCollecting } from "../node/collect.js"
import { node } from "../node/node.js"
import { script, shellWord, type Stage, type Step } from "../steps.js"
import { candidateWords, isBuiltPage } from "./page.js"
import { serverProgram, serverStages } from "./server-stages.js"

/** The stages of a page: the server, the page's own build where it has one, and the page packed for the server. */
export function staticParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { folder, build } = request.service
  const server = serverStages(request)
  const page = isBuiltPage({ folder, texts: request.texts, build }) ? builtPage(request) : undefined
  if (!server.ok || page?.ok === false)
    return failure(...problemsOf(server), ...(page === undefined ? [] : problemsOf(page)))
  return success({
    stages: [...server.value, ...(page?.value.stages ?? []), builder(request, page !== undefined)],
    layers: [
      { name: "server", stage: "server", path: "/out" },
      { name: "app", stage: "builder", path: "/out" },
    ],
    entrypoint: [serverProgram],
    variables: {},
    ...(page?.value.files === undefined ? {} : { files: page.value.files }),
  })
}

/** Stages of Node's recipe that only its images need. */
const ofImages = ["node-runtime", "packages", "dependencies"]

/** The page as Node's recipe builds it, in the stage `page`; what that would put into an image is left out. */
function builtPage(request: RecipeRequest): Result<Pick<LanguageParts, "stages" | "files">> {
  const parts = node.parts({ ...request, service: { ...request.service, entrypoint: "package.json" } })
  if (!parts.ok) return parts
  const stages = parts.value.stages
    .filter(({ name }) => !ofImages.includes(name))
    .map((stage): Stage =>
      stage.name === "builder" ? { name: "page", steps: beforeCollecting(stage.steps) } : stage,
    )
  return success({ stages, ...(parts.value.files === undefined ? {} : { files: parts.value.files }) })
}

function builder({ service }: RecipeRequest, isBuilt: boolean): Stage {
  const folder = posix.join("/src", service.folder)
  const source: Step = isBuilt
    ? { do: "mountFrom", stage: "page", path: folder, to: folder }
    : { do: "copy", files: "all", to: "/src" }
  const settings = JSON.stringify(service.static ?? staticSite.parse({}))
  return {
    name: "builder",
    steps: [
      { do: "fromStage", stage: "tools" },
      { do: "copyFrom", stage: "server", path: "/pack", to: "/pack" },
      source,
      { do: "workdir", path: folder },
      script(
        "pack page",
        `for page in ${candidateWords(service.entrypoint).join(" ")}; do`,
        '  if [ -e "$page/index.html" ]; then',
        `    exec /pack/pack "$page" /out/app/site ${shellWord(settings)}`,
        "  fi",
        "done",
        `echo "no index.html is in ${service.entrypoint}: name the folder that the build writes as entrypoint in service.yaml" >&2`,
        "exit 1",
      ),
    ],
  }
}
