import { assemble } from "./assemble.js"
import { dockerfileIn } from "./dockerfile-facts.js"
import type { Look } from "./proposal.js"
import { readSources, sourcesIn } from "./sources.js"
import type { Place, RepositoryView } from "./view.js"

const anySource = /\.(go|[cm]?[jt]s|py|rs|java|kt|cs|php|rb|ex|exs|scala)$/

/** A folder with a Dockerfile, whatever is in it. */
export function lookAtDocker(place: Place, view: RepositoryView): Look | undefined {
  const docker = dockerfileIn(place.folder, view)
  if (docker === undefined) return undefined
  const { file, context } = docker
  const settings = {
    ...(file === "Dockerfile" ? {} : { file }),
    ...(context === "." ? {} : { context }),
  }
  const proposal = assemble({
    language: "docker",
    from: file,
    folder: place.folder,
    sources: readSources(sourcesIn(place, view, anySource), view),
    docker,
    ...(Object.keys(settings).length === 0 ? {} : { known: { docker: settings } }),
    ...(context === "." ? {} : { origins: { docker: "where all that it copies is found" } }),
  })
  return { kind: "service", proposal }
}
