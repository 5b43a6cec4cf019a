import { posix } from "node:path"
import { byBytes, isWithin } from "../listing.js"
import type { Problem } from "../problem.js"
import { lookAt, type FolderLook } from "./look-at.js"
import type { Proposal } from "./proposal.js"
import { pageFolders, signedFolders } from "./signs.js"
import type { RepositoryView } from "./view.js"

/** A folder that can be a service. */
export interface FoundService {
  readonly folder: string
  /** Manifests that fit it, the one to prefer first. */
  readonly options: readonly [Proposal, ...Proposal[]]
}

/** A folder that looked like a service, and why it is none. */
export interface OtherFolder {
  readonly folder: string
  readonly kind: "library" | "foreign"
  readonly what: string
}

/** What lies in a folder, in the order of paths. */
export interface Found {
  readonly services: readonly FoundService[]
  readonly others: readonly OtherFolder[]
  /** What is wrong with files that would tell what a folder is. */
  readonly broken: readonly Problem[]
}

/** Names of folders whose Dockerfiles build what lies elsewhere. */
const toolFolders = /^(docker|dockerfiles?|build|ci|deploy|deployment|infra|infrastructure|k8s|ops|images?)$/i

/**
 * Finds what can be a service at or below the folder where a view starts. Folders that are services already count as
 * such for what lies around them; they and what is in them are not found again.
 */
export function findServices(existing: readonly string[], view: RepositoryView): Found {
  const known = existing.filter((folder) => folder !== "." && isWithin(folder, view.start))
  const isKnown = (folder: string) =>
    existing.includes(folder) || known.some((service) => isWithin(folder, service))
  const folders = signedFolders(view).filter((folder) => !isKnown(folder))
  const looks = lookInside(folders, existing, view)
  const found = looks.flatMap(({ folder, look }) =>
    look.kind === "service" ? [{ folder, options: look.options }] : [],
  )
  const services = found.filter((each) => !isPart(each, found) && !isTool(each, found, existing))
  const taken = [...existing, ...looks.map(({ folder }) => folder)]
  const pages = pageFolders(view).filter((page) => !taken.some((each) => belongsTo(page, each, services)))
  const plain = lookInside(pages, [], view).flatMap(({ folder, look }) =>
    look.kind === "service" ? [{ folder, options: look.options }] : [],
  )
  const others = looks.flatMap(({ folder, look }) =>
    look.kind === "library" || look.kind === "foreign" ? [{ folder, ...look }] : [],
  )
  const broken = looks.flatMap(({ look }) => (look.kind === "broken" ? [look.problem] : []))
  return { services: [...services, ...plain].sort(byFolder), others: others.sort(byFolder), broken }
}

interface Looked {
  readonly folder: string
  readonly look: FolderLook
}

/** Looks at folders, the inner ones first, so that the outer ones know of them. */
function lookInside(
  folders: readonly string[],
  existing: readonly string[],
  view: RepositoryView,
): readonly Looked[] {
  const depth = (folder: string) => (folder === "." ? 0 : folder.split("/").length)
  const found: Looked[] = []
  for (const folder of [...folders].sort((left, right) => depth(right) - depth(left))) {
    const services = found.flatMap((each) => (each.look.kind === "service" ? [each.folder] : []))
    const nested = [...existing, ...services].filter((each) => each !== folder && isWithin(each, folder))
    found.push({ folder, look: lookAt({ folder, nested }, view) })
  }
  return found
}

/** A module that a service around it runs. */
function isPart({ folder }: FoundService, all: readonly FoundService[]): boolean {
  return all.some(
    (outer) =>
      outer.folder !== folder && outer.options[0].covers?.some((each) => isWithin(folder, each)) === true,
  )
}

/** A Dockerfile without sources of its own: for what lies around it, or for tools. */
function isTool(
  { folder, options: [first] }: FoundService,
  all: readonly FoundService[],
  existing: readonly string[],
): boolean {
  if (first.language !== "docker" || first.from.includes("(")) return false
  const services = [...all.map((each) => each.folder), ...existing]
  const isInside = services.some((each) => each !== folder && isWithin(folder, each))
  return isInside || toolFolders.test(posix.basename(folder))
}

/** Whether a page lies in a folder that has a use for it; the repository's root has none for those below it. */
function belongsTo(page: string, folder: string, services: readonly FoundService[]): boolean {
  if (folder === ".") return page === "." || services.some((each) => each.folder === ".")
  return isWithin(page, folder)
}

function byFolder(left: { readonly folder: string }, right: { readonly folder: string }): number {
  return byBytes(left.folder, right.folder)
}
