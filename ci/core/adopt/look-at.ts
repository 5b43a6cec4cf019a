import { posix } from "node:path"
import { isForKubernetes, serviceFile } from "../manifest/parse.js"
import { lookAtDocker } from "./look-at-docker.js"
import { lookAtForeign } from "./look-at-foreign.js"
import { lookAtGo } from "./look-at-go.js"
import { lookAtJava } from "./look-at-java.js"
import { lookAtNode } from "./look-at-node.js"
import { lookAtPage } from "./look-at-page.js"
import { lookAtPython } from "./look-at-python.js"
import { lookAtRust } from "./look-at-rust.js"
import type { Problem } from "../problem.js"
import type { Look, Proposal } from "./proposal.js"
import type { Place, RepositoryView } from "./view.js"

/** What a folder is for Slipway: manifests that fit it, the one to prefer first, or why there is none. */
export type FolderLook =
  | { readonly kind: "service"; readonly options: readonly [Proposal, ...Proposal[]] }
  | { readonly kind: "library" | "foreign"; readonly what: string }
  | { readonly kind: "broken"; readonly problem: Problem }
  | { readonly kind: "nothing" }

/** Languages that are compiled come first: what else lies beside them serves them. */
const compiled = [lookAtGo, lookAtRust, lookAtJava]
const others = [lookAtPython, lookAtNode, lookAtPage]

/** Finds out what a folder is from all that is in it. */
export function lookAt(place: Place, view: RepositoryView): FolderLook {
  const look = lookAtSources(place, view)
  const isTaken = isForKubernetes(view.text(posix.join(place.folder, serviceFile)) ?? "")
  return look.kind === "service" && isTaken
    ? { kind: "library", what: `a service beside a ${serviceFile} for Kubernetes: rename that, then adopt` }
    : look
}

function lookAtSources(place: Place, view: RepositoryView): FolderLook {
  const foreign = lookAtForeign(place, view)
  // Gems and PHP packages often have a package.json for their pages.
  const asked = foreign?.kind === "foreign" ? compiled : [...compiled, ...others]
  const looks = asked.map((look) => look(place, view)).filter((look) => look !== undefined)
  const proposals = proposalsOf(looks)
  const [docker] = proposalsOf([lookAtDocker(place, view)])
  const [first, ...rest] = proposals.filter(({ from }) => !from.endsWith("index.html") || looks.length === 1)
  if (first !== undefined) return withAlternatives(first, rest, docker)
  const unread = looks.find((look) => look.kind === "broken")
  if (unread !== undefined) return unread
  if (docker !== undefined && foreign?.kind !== "foreign" && place.nested.length > 0)
    return { kind: "library", what: "a Dockerfile around other services" }
  if (docker !== undefined) {
    const from = foreign?.kind === "foreign" ? `${docker.from} (${foreign.what})` : docker.from
    return { kind: "service", options: [{ ...docker, from }] }
  }
  const [left] = [...(foreign === undefined ? [] : [foreign]), ...looks].flatMap((look) =>
    look.kind === "service" ? [] : [look],
  )
  return left ?? { kind: "nothing" }
}

function proposalsOf(looks: readonly (Look | undefined)[]): readonly Proposal[] {
  return looks.flatMap((look) => (look?.kind === "service" ? [look.proposal] : []))
}

/** A folder's language, with a word on what else could build it. */
function withAlternatives(
  first: Proposal,
  rest: readonly Proposal[],
  docker: Proposal | undefined,
): FolderLook {
  const alternatives = [...rest, ...(docker === undefined ? [] : [docker])]
  if (alternatives.length === 0) return { kind: "service", options: [first] }
  const named = alternatives.map(({ language, from }) => `${language} for its ${from}`).join(", or ")
  const language = `or ${named}`
  const told: Proposal = { ...first, origins: { ...first.origins, language } }
  return { kind: "service", options: docker === undefined ? [told] : [told, docker] }
}
