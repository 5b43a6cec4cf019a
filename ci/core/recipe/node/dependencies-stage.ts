import { posix } from "node:path"
import type { RecipeRequest } from "../language.js"
import { script, shellWord, type Stage } from "../steps.js"
import { collectPackages } from "./collect.js"
import { pathInImage, treeRoot } from "./in-image.js"
import type { Install } from "./install.js"
import type { Project } from "./project.js"
import { programOf } from "./start.js"

/** What the stage of packages is made from. */
export interface DependenciesRequest {
  readonly project: Project
  readonly runtime: Install
}

/** The packages of the final image; their own stage, since they change less often than sources. */
export function dependencies(request: RecipeRequest, { project, runtime }: DependenciesRequest): Stage {
  const { service, environment, platform } = request
  const links = peerLinks(project)
  const program = programOf(service.entrypoint)
  return {
    name: "dependencies",
    steps: [
      { do: "fromStage", stage: "toolchain" },
      ...runtime.steps,
      ...(links.length === 0 ? [] : [script("link peers", ...links)]),
      collectPackages({
        from: treeRoot(request),
        environment,
        platform,
        ...(program === undefined ? {} : { program: { name: program, folder: pathInImage(request) } }),
      }),
    ],
  }
}

/** Shared code beside the workspace finds its peers where node looks for them: those of the service. */
function peerLinks({ service, members, runtime }: Project): readonly string[] {
  return runtime.flatMap((folder) => {
    const member = members.get(folder)
    if (member === undefined || member.isImporter) return []
    return Object.keys(member.manifest.peerDependencies).map((name) => {
      const link = posix.join("/src", folder, "node_modules", name)
      const target = posix.join("/src", service, "node_modules", name)
      const relative = posix.relative(posix.dirname(link), target)
      const [from, to] = [shellWord(target), shellWord(link)]
      return `if [ -e ${from} ] && [ ! -e ${to} ]; then mkdir -p ${shellWord(posix.dirname(link))}; ln -s ${shellWord(relative)} ${to}; fi`
    })
  })
}
