import { posix } from "node:path"
import type { RecipeRequest } from "../language.js"
import { script, shellWord, type Stage, type Step } from "../steps.js"
import { collectPackages } from "./collect.js"
import { pathInImage, treeRoot } from "./in-image.js"
import type { Install } from "./install.js"
import { runScript } from "./installers.js"
import type { Project } from "./project.js"
import { changesPackages, programOf } from "./start.js"

/** What the stage of packages is made from. */
export interface DependenciesRequest {
  readonly project: Project
  readonly runtime: Install
}

/**
 * The packages of the final image; their own stage, since they change less often than sources. Where the service changes
 * them after installing, that is another stage: it may read any source.
 */
export function dependencies(
  request: RecipeRequest,
  { project, runtime }: DependenciesRequest,
): readonly Stage[] {
  const { service, environment, platform } = request
  const links = peerLinks(project)
  const program = programOf(service.entrypoint)
  const installed: readonly Step[] = [
    { do: "fromStage", stage: "toolchain" },
    ...runtime.steps,
    ...(links.length === 0 ? [] : [script("link peers", ...links)]),
  ]
  const collect = collectPackages({
    from: treeRoot(request),
    environment,
    platform,
    ...(program === undefined ? {} : { program: { name: program, folder: pathInImage(request) } }),
  })
  const changes = packageChanges(project)
  if (changes.length === 0) return [{ name: "dependencies", steps: [...installed, collect] }]
  return [
    { name: "packages", steps: installed },
    {
      name: "dependencies",
      steps: [
        { do: "fromStage", stage: "packages" },
        { do: "copy", files: "all", to: "/src" },
        ...changes,
        collect,
      ],
    },
  ]
}

/** The service's own script that changes its packages; npm runs it, which asks for no installed development packages. */
export function packageChanges({ service, members }: Project): readonly Step[] {
  const manifest = members.get(service)?.manifest
  if (manifest === undefined || !changesPackages(manifest)) return []
  return [{ do: "workdir", path: posix.join("/src", service) }, runScript("npm", "postinstall")]
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
