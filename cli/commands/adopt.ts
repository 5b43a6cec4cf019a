import { statSync, writeFileSync } from "node:fs"
import { dirname, join, posix, relative, resolve, sep } from "node:path"
import type { Found, FoundService } from "../../ci/core/adopt/find-services.js"
import { isWithin, tidyPath } from "../../ci/core/listing.js"
import { renderProblems } from "../../ci/core/problem.js"
import { fleetFile, serviceFile } from "../../ci/core/manifest/parse.js"
import { adoptServices, searchServices, type Adoption } from "../../ci/io/adopt-services.js"
import { readFleet } from "../../ci/io/load-fleet.js"
import { manifestByteLimit } from "../../ci/core/yaml/decode.js"
import { openRepository, type OpenRepository } from "../adopt/open-repository.js"
import { remaining } from "../adopt/remaining.js"
import {
  adoptionsAsJson,
  adoptionTable,
  brokenLines,
  deniedLines,
  leftOut,
  noRecipe,
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
import { asTyped } from "../output/as-typed.js"
import { typingOf } from "../terminal-of.js"
import { exitCodes, UserError } from "../user-error.js"

/**
 * `slipway adopt [PATH …]`: writes the service.yaml of folders that have none; without a PATH, of all below the
 * working folder. All or nothing: one PATH that cannot be adopted leaves everything as it is.
 */
export async function adopt({ words, options }: CommandRun): Promise<number> {
  const open = await openRepository(options)
  const { services, others, broken } = await search(open, words, options)
  const listed = await readFleet(open.repository)
  const elsewhere = listed.ok ? unlisted(open.existing, listed.value.manifest.services) : []
  const notes = [...deniedLines(open.repository.denied()), ...unlistedLine(elsewhere, open.hasFleet)]
  if (services.length === 0 && options.json !== true) {
    sayAll(options, [...nothingNew(startOf(open, options), others, open), ...brokenLines(broken), ...notes])
    return exitCodes.done
  }
  const adoptions = await adoptServices(open.repository, services, {
    names: namesBeside(open, services),
    root: open.title,
  })
  const slipwayYaml = await open.repository.text(fleetFile, manifestByteLimit)
  const left = await remaining(open, adoptions, { slipwayYaml, broken })
  const isDry = options["dry-run"] === true
  if (!isDry) for (const { file, text } of adoptions) writeFileSync(join(open.root, file), text)
  if (options.json === true)
    return printJson({
      services: adoptionsAsJson(adoptions),
      others,
      unlisted: elsewhere,
      ...left,
      next: left.next.map((each) => asTyped(each, typingOf(options))),
    })
  if (isDry) printFiles(adoptions)
  sayAll(options, [
    ...(adoptions.length === 1 && !isDry ? single(adoptions) : adoptionTable(adoptions)),
    ...(words.length === 0 ? leftOut(others) : []),
    ...(isDry ? ["Nothing was written."] : []),
    ...(slipwayYaml === undefined ? [] : toAdd(left.unmatched)),
    ...notes,
    ...whatNext(left),
  ])
  return exitCodes.done
}

function single([only]: readonly Adoption[]): readonly string[] {
  if (only === undefined) return []
  const lines = only.text.trimEnd().split("\n")
  return [`${only.file} is written:`, "", ...lines.map((line) => `  ${line}`.trimEnd()), ""]
}

async function search(open: OpenRepository, words: readonly string[], options: Options): Promise<Found> {
  const folders = words.map((word) => folderOf(word, hereOf(open, options), open))
  const existing = open.existing.map(({ folder }) => folder)
  if (words.length === 0) {
    return searchServices(open.repository, startOf(open, options), existing)
  }
  for (const folder of folders) refuseExisting(folder, open, options)
  const found = await Promise.all(
    folders.map(async (folder) =>
      named(folder, await searchServices(open.repository, folder, without(existing, folder))),
    ),
  )
  const services = new Map(found.flat().map((service) => [service.folder, service]))
  return { services: [...services.values()], others: [], broken: [] }
}

function refuseExisting(folder: string, { existing }: OpenRepository, { force }: Options): void {
  const file = existing.find((service) => service.folder === folder)?.manifest.file
  if (file === undefined) return
  if (posix.basename(file) !== serviceFile)
    throw new UserError(`${file} is not read under this name. Rename it to ${serviceFile}.`)
  if (force !== true)
    throw new UserError(`${file} is there already, nothing was written. --force writes it anew.`)
}

/** The folder that paths are seen from. */
function hereOf({ root }: OpenRepository, { directory }: Options): string {
  return directory === undefined ? process.cwd() : root
}

/** The folder at and below which services are looked for when no PATH is given. */
function startOf(open: OpenRepository, options: Options): string {
  return tidyPath(inner(hereOf(open, options), open.root) ?? ".")
}

function without(folders: readonly string[], folder: string): readonly string[] {
  return folders.filter((each) => each !== folder)
}

/** The service in a folder, else those below it. */
function named(folder: string, { services, others, broken }: Found): readonly FoundService[] {
  const own = services.filter((service) => service.folder === folder)
  if (services.length > 0) return own.length > 0 ? own : services
  if (broken.length > 0) throw new UserError(renderProblems(broken, { nothing: "nothing was written" }))
  const [other] = [...others.filter((each) => each.folder === folder), ...others]
  if (other?.kind === "foreign") throw new UserError(noRecipe(other.folder, other.what))
  const found = other === undefined ? "Slipway knows no file in it" : `it is ${other.what}`
  throw new UserError(`${folder}: no service was found, ${found}. ${whatServicesHave}`)
}

function folderOf(word: string, here: string, { root }: OpenRepository): string {
  const path = resolve(here, word)
  const status = statSync(path, { throwIfNoEntry: false })
  if (status === undefined) throw new UserError(`${word}: there is no such folder.`)
  const folder = inner(status.isDirectory() ? path : dirname(path), root)
  if (folder === undefined) throw new UserError(`${word}: lies outside of the repository ${root}.`)
  return tidyPath(folder)
}

function inner(path: string, root: string): string | undefined {
  const found = relative(root, path).split(sep).join("/") || "."
  return found === ".." || found.startsWith("../") ? undefined : found
}

function nothingNew(start: string, others: Found["others"], { existing }: OpenRepository): readonly string[] {
  const place = start === "." ? "the repository" : start
  const count = existing.filter(({ folder }) => isWithin(folder, start)).length
  const known =
    count === 0 ? "" : ` ${count} of its folders ${count === 1 ? "has" : "have"} a service.yaml already.`
  return [`No folder in ${place} looks like a new service.${known}`, ...withoutRecipe(others)]
}

/** Names that other services have; those of tests and examples are free. */
function namesBeside({ existing }: OpenRepository, services: readonly FoundService[]): readonly string[] {
  const others = existing.filter(
    ({ folder, isAside }) => !isAside && services.every((service) => service.folder !== folder),
  )
  return others.flatMap(({ name }) => name ?? [])
}

/** What a slipway.yaml lacks. */
function toAdd(folders: readonly string[]): readonly string[] {
  if (folders.length === 0) return []
  return [
    `${fleetFile} does not look for all of them. Add to its services:`,
    ...folders.map((each) => `  - ${each}`),
    "",
  ]
}
