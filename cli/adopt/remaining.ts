import { posix } from "node:path"
import { allNeeds, isPinned, missingNeeds } from "../../ci/core/lock/lock-needs.js"
import type { Found } from "../../ci/core/adopt/find-services.js"
import { exactMatcher } from "../../ci/core/globs.js"
import { parseFleet } from "../../ci/core/manifest/parse.js"
import type { Problem } from "../../ci/core/problem.js"
import { success } from "../../ci/core/result.js"
import type { SourceText } from "../../ci/core/yaml/decode.js"
import type { Adoption } from "../../ci/io/adopt-services.js"
import { resolveManifests } from "../../ci/io/load-fleet.js"
import { shellPath } from "../output/format.js"
import type { OpenRepository } from "./open-repository.js"

/** What is left to do before a build. */
export interface Remaining {
  readonly problems: readonly Problem[]
  /** Folders of new services that slipway.yaml does not look for. */
  readonly unmatched: readonly string[]
  /** Commands worth typing, in order. */
  readonly next: readonly string[]
}

/** Resolves old and new manifests together, as a build would, whether they are written yet or not. */
export async function remaining(
  { repository, existing }: OpenRepository,
  adoptions: readonly Adoption[],
  { slipwayYaml, broken }: { readonly slipwayYaml: SourceText | undefined } & Pick<Found, "broken">,
): Promise<Remaining> {
  const fleet = parseFleet(slipwayYaml)
  const matches = exactMatcher(fleet.ok ? fleet.value.manifest.services : [])
  const isNew = (folder: string) => adoptions.some((each) => each.folder === folder)
  const kept = existing.filter(({ folder }) => !isNew(folder) && matches(folder))
  const services = [
    ...kept.map(({ manifest }) => manifest),
    ...adoptions.map(({ file, text }) => ({ file, text: success(text) })),
  ]
  const resolved = await resolveManifests(repository, { fleet, services })
  const blocked = adoptions.flatMap(({ file, proposal }) =>
    proposal.blocked === undefined ? [] : [{ file, message: proposal.blocked }],
  )
  const missing = missingNeeds(allNeeds(resolved.services), resolved.lock, resolved.fleet.defaults.platform)
  const unmatched = adoptions.map(({ folder }) => folder).filter((folder) => !matches(folder))
  return {
    problems: [...broken, ...blocked, ...resolved.problems],
    unmatched: fleet.ok ? unmatched : [],
    next: [
      ...(slipwayYaml === undefined && unmatched.length > 0 ? ["./slipway init"] : []),
      ...adoptLater(broken),
      ...(isPinned(missing) ? [] : ["./slipway lock"]),
      "./slipway build",
    ],
  }
}

/** Folders whose files can be read once they are mended. */
function adoptLater(broken: Found["broken"]): readonly string[] {
  const folders = [...new Set(broken.map(({ file }) => posix.dirname(file)))]
  return folders.length === 0 ? [] : [`./slipway adopt ${folders.map(shellPath).join(" ")}`]
}
