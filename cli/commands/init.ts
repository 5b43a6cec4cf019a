import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Found } from "../../ci/core/adopt/find-services.js"
import { renderFleet } from "../../ci/core/adopt/render-manifest.js"
import { foldersOf, globsFor } from "../../ci/core/adopt/service-globs.js"
import { fleetManifest, type FleetManifest } from "../../ci/core/manifest/fleet-manifest.js"
import { fleetFile } from "../../ci/core/manifest/parse.js"
import { renderProblems } from "../../ci/core/problem.js"
import { success } from "../../ci/core/result.js"
import { adoptServices, searchServices } from "../../ci/io/adopt-services.js"
import type { ExistingService } from "../../ci/io/existing-services.js"
import { readFleet } from "../../ci/io/load-fleet.js"
import { openRepository, type OpenRepository } from "../adopt/open-repository.js"
import { remaining } from "../adopt/remaining.js"
import {
  adoptionsAsJson,
  adoptionTable,
  brokenLines,
  deniedLines,
  leftOut,
  printFiles,
  printJson,
  sayAll,
  whatNext,
  whatServicesHave,
  withoutRecipe,
} from "../adopt/report.js"
import { unlisted, unlistedLine } from "../adopt/unlisted.js"
import type { Options } from "../arguments.js"
import type { CommandRun } from "../commands.js"
import { shellPath } from "../output/format.js"
import { asTyped } from "../output/as-typed.js"
import { typingOf } from "../terminal-of.js"
import { exitCodes, UserError } from "../user-error.js"

/**
 * `slipway init`: finds the services of a repository and writes its slipway.yaml, and a service.yaml in each folder
 * that has none. A repository with a slipway.yaml stays as it is.
 */
export async function init({ options }: CommandRun): Promise<number> {
  checkRegistry(options)
  const open = await openRepository(options)
  const found = await searchServices(
    open.repository,
    ".",
    open.existing.map(({ folder }) => folder),
  )
  if (open.hasFleet) return alreadyThere(open, found, options)
  const { services, others, broken } = found
  const existing = open.existing.filter(({ isAside }) => !isAside)
  const kept = existing.map(({ folder }) => folder)
  if (services.length + kept.length === 0)
    throw new UserError(
      [
        `No service was found in ${open.root}, nothing was written. ${whatServicesHave}`,
        ...withoutRecipe(others),
        ...brokenLines(broken),
        ...deniedLines(open.repository.denied()),
      ].join("\n"),
    )
  const adoptions = await adoptServices(open.repository, services, {
    names: existing.flatMap(({ name }) => name ?? []),
    root: open.title,
  })
  const folders = [...kept, ...services.map(({ folder }) => folder)]
  const globs = globsFor(folders, foldersOf(await open.repository.paths(".")))
  const fleet = renderFleet({ services: [...globs], registry: options.registry })
  const left = await remaining(open, adoptions, {
    slipwayYaml: { file: fleetFile, text: success(fleet) },
    broken,
  })
  const isDry = options["dry-run"] === true
  if (!isDry)
    for (const { file, text } of [...adoptions, { file: fleetFile, text: fleet }])
      writeFileSync(join(open.root, file), text)
  if (options.json === true)
    return printJson({
      root: open.root,
      fleet,
      services: adoptionsAsJson(adoptions),
      kept,
      others,
      ...left,
      next: left.next.map((each) => asTyped(each, typingOf(options))),
    })
  if (isDry) printFiles([{ file: fleetFile, text: fleet }, ...adoptions])
  const count = adoptions.length === 0 ? "" : ` and ${adoptions.length} service.yaml`
  sayAll(options, [
    ...(adoptions.length === 0 ? [] : adoptionTable(adoptions)),
    ...leftOut(others),
    ...keptLines(existing),
    ...deniedLines(open.repository.denied()),
    `${isDry ? "Would write" : "Wrote"} ${fleetFile} (services: ${globs.join(", ")})${count}`,
    ...whatNext(left),
  ])
  return exitCodes.done
}

function keptLines(services: readonly ExistingService[]): readonly string[] {
  if (services.length === 0) return []
  return ["Kept as they are:", ...services.map(({ manifest }) => `  ${manifest.file}`), ""]
}

function checkRegistry({ registry }: Options): void {
  const checked = fleetManifest.shape.registry.safeParse(registry)
  if (!checked.success)
    throw new UserError(`--registry ${registry}: ${checked.error.issues[0]?.message ?? ""}`)
}

function refuseOtherRegistry({ registry }: Options, manifest: FleetManifest): void {
  if (registry === undefined || registry === manifest.registry) return
  const named = manifest.registry === undefined ? "no registry" : manifest.registry
  throw new UserError(
    `${fleetFile} is there already and names ${named}; nothing was changed. Write  registry: ${registry}  into it.`,
  )
}

/** Tells what a repository has, and which folders it could adopt. */
async function alreadyThere(
  { root, repository, existing }: OpenRepository,
  { services, others, broken }: Found,
  options: Options,
): Promise<number> {
  const fleet = await readFleet(repository)
  if (!fleet.ok) throw new UserError(renderProblems(fleet.problems, { nothing: "nothing was changed" }))
  const kept = await repository.services(fleet.value.manifest.services)
  refuseOtherRegistry(options, fleet.value.manifest)
  const elsewhere = unlisted(existing, fleet.value.manifest.services)
  const candidates = services.map(({ folder, options: [first] }) => ({ folder, language: first.language }))
  if (options.json === true)
    return printJson({ root, services: [], kept, candidates, others, broken, unlisted: elsewhere })
  const count = `${kept.length} service${kept.length === 1 ? "" : "s"}`
  const named = candidates.map(({ folder, language }) => `  ${folder} (${language})`)
  const paths = candidates.map(({ folder }) => shellPath(folder)).join(" ")
  sayAll(options, [
    `${fleetFile} is there already, with ${count}. Nothing was changed.`,
    ...deniedLines(repository.denied()),
    ...unlistedLine(elsewhere, true),
    ...brokenLines(broken),
    ...(named.length === 0
      ? ["Next: ./slipway services"]
      : ["These folders look like services, too:", ...named, `Next: ./slipway adopt ${paths}`]),
  ])
  return exitCodes.done
}
