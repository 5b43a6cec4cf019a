import { posix } from "node:path"
import { findServices, type Found, type FoundService } from "../core/adopt/find-services.js"
import { ownPaths } from "../core/adopt/own-paths.js"
import type { Proposal } from "../core/adopt/proposal.js"
import { renderManifest } from "../core/adopt/render-manifest.js"
import { nameServices } from "../core/adopt/service-names.js"
import { RepositoryView } from "../core/adopt/view.js"
import { parseFleet, serviceFile } from "../core/manifest/parse.js"
import type { Problem } from "../core/problem.js"
import { success } from "../core/result.js"
import { manifestByteLimit } from "../core/yaml/decode.js"
import { mapLimited } from "./limited.js"
import { resolveManifests } from "./load-fleet.js"
import type { Repository } from "./read-repository.js"

const filesAtOnce = 32

/** A service.yaml that is not written yet. */
export interface Adoption {
  readonly folder: string
  readonly file: string
  readonly name: string
  readonly proposal: Proposal
  readonly text: string
}

/** Looks for services at and below a folder, reading what that takes. */
export async function searchServices(
  repository: Repository,
  start: string,
  existing: readonly string[],
): Promise<Found> {
  const paths = ownPaths(await repository.paths("."))
  const texts = new Map<string, string | undefined>()
  for (;;) {
    const view = new RepositoryView(paths, texts, start)
    const found = findServices(existing, view)
    const unread = view.unread()
    if (unread.length === 0) return found
    await mapLimited(unread, filesAtOnce, async (file) => {
      const source = await repository.text(file, manifestByteLimit)
      texts.set(file, source?.text.ok === true ? source.text.value : undefined)
    })
  }
}

/** Chooses manifests for services: of a language where its recipe takes the folder as it is, else of its Dockerfile. */
export async function adoptServices(
  repository: Repository,
  services: readonly FoundService[],
  taken: { readonly names: readonly string[]; readonly root: string },
): Promise<readonly Adoption[]> {
  const titled = services.map(({ folder, options }) => ({ folder, title: options[0].title }))
  const names = nameServices(titled, taken.names, taken.root)
  return Promise.all(
    services.map(async (service) => chosen(repository, service, names.get(service.folder) ?? "service")),
  )
}

async function chosen(repository: Repository, service: FoundService, name: string): Promise<Adoption> {
  const [first, docker] = service.options
  const own = adoption(service.folder, name, first)
  if (docker === undefined) return own
  const problems = await problemsOf(repository, own)
  if (problems.length === 0) return own
  const other = adoption(service.folder, name, { ...docker, notes: insteadOf(first, problems) })
  return (await problemsOf(repository, other)).length === 0 ? other : own
}

function adoption(folder: string, name: string, proposal: Proposal): Adoption {
  const text = renderManifest(proposal, name === posix.basename(folder) ? undefined : name)
  return { folder, file: posix.join(folder, serviceFile), name, proposal, text }
}

/** What stands in the way of a manifest that is not written yet. */
export async function problemsOf(
  repository: Repository,
  { file, text, proposal }: Adoption,
): Promise<readonly Problem[]> {
  const blocked = proposal.blocked === undefined ? [] : [{ file, message: proposal.blocked }]
  const services = [{ file, text: success(text) }]
  const { problems } = await resolveManifests(repository, { fleet: parseFleet(undefined), services })
  return [...blocked, ...problems]
}

/** What would let a service do without its Dockerfile. */
function insteadOf({ language }: Proposal, problems: readonly Problem[]): readonly string[] {
  const shown = problems.slice(0, 3).map(({ file, message }) => `  ${file}: ${message}`)
  return [`It would be language: ${language}, but for this:`, ...shown]
}
