import { posix } from "node:path"
import { builtInLock } from "../core/lock/built-in.js"
import { exactMatcher } from "../core/globs.js"
import { isWithin, tidyPath } from "../core/listing.js"
import type { Lock } from "../core/lock/lock.js"
import { mergeLocks } from "../core/lock/merge-locks.js"
import { parseLock } from "../core/lock/parse-lock.js"
import { fleetManifest } from "../core/manifest/fleet-manifest.js"
import {
  fleetFile,
  likelyName,
  mistakenNames,
  parseFleet,
  parseService,
  type Parsed,
} from "../core/manifest/parse.js"
import type { ServiceManifest } from "../core/manifest/service-manifest.js"
import { distinct } from "../core/problem.js"
import { resolveFleet, type FleetSources, type ResolvedFleet } from "../core/resolve/resolve-fleet.js"
import { failure, problemsOf, success, valuesOf, type Result } from "../core/result.js"
import { manifestByteLimit, type SourceText } from "../core/yaml/decode.js"
import { deniedProblem } from "./denied.js"
import { readRepository, type ReadOptions, type Repository } from "./read-repository.js"
import { lockByteLimit, surveyAll } from "./survey.js"

/** The file of a repository's own lock. */
export const lockFile = "slipway.lock"

/** A repository's services, resolved, with what their targets are made from. */
export interface LoadedFleet extends ResolvedFleet {
  readonly repository: Repository
  /** The built-in lock under the repository's own. */
  readonly lock: Lock
  /** Texts of the files that languages read, by path. */
  readonly texts: ReadonlyMap<string, string>
}

/** How a fleet is loaded. */
export interface LoadOptions extends ReadOptions {
  /** What a repository's own lock is laid over; the one that ships with Slipway by default. */
  readonly baseLock?: Lock
}

/** Reads the manifests of a repository and resolves its services; problems are in the result, all at once. */
export async function loadFleet(root: string, options: LoadOptions = {}): Promise<LoadedFleet> {
  const repository = await readRepository(root, options)
  const fleet = await readFleet(repository)
  const files = await repository.services(globsOf(fleet))
  const services = await readTexts(repository, files, manifestByteLimit)
  return resolveManifests(repository, { fleet, services }, options.baseLock)
}

/** Reads the slipway.yaml of a repository. */
export async function readFleet(repository: Repository): Promise<FleetSources["fleet"]> {
  const [text] = await readTexts(repository, [fleetFile, ...mistakenNames(fleetFile)], manifestByteLimit)
  return parseFleet(text)
}

/** Resolves manifests that need not be in the repository's files yet. */
export async function resolveManifests(
  repository: Repository,
  manifests: { readonly fleet: FleetSources["fleet"]; readonly services: readonly SourceText[] },
  baseLock: Lock = builtInLock,
): Promise<LoadedFleet> {
  const { fleet } = manifests
  const services = manifests.services.map((source) => ({
    file: source.file,
    name: likelyName(source),
    parsed: parseService(source),
  }))
  const ownLock = await readOwnLock(repository)
  const lock = mergeLocks(baseLock, ownLock.ok ? ownLock.value : undefined)
  const parsed = valuesOf(services.map((service) => service.parsed))
  const { sources, texts, uses } = await surveyAll(repository, parsed)
  const roots = [...new Set([...parsed.flatMap(rootsOf), ...[...uses.values()].flat()])]
  const paths = new Map(
    await Promise.all(roots.map(async (root) => [root, await repository.paths(root)] as const)),
  )
  const resolved = resolveFleet({ fleet, services, lock, sources: { paths, texts, uses } })
  const isListed = exactMatcher(globsOf(fleet))
  const isPart = (folder: string) => isListed(folder) || roots.some((root) => isWithin(folder, root))
  const problems = distinct([
    ...resolved.problems,
    ...problemsOf(ownLock),
    ...sources.flatMap(({ text }) => problemsOf(text)),
    ...repository.denied().filter(isPart).map(deniedProblem),
  ])
  return { ...resolved, problems, repository, lock, texts }
}

/** The globs of a slipway.yaml, or what stands for them where it is broken. */
function globsOf(fleet: FleetSources["fleet"]): readonly string[] {
  return (fleet.ok ? fleet.value.manifest : fleetManifest.parse({})).services
}

async function readTexts(
  repository: Repository,
  files: readonly string[],
  limit: number,
): Promise<readonly SourceText[]> {
  const texts = await Promise.all(files.map((file) => repository.text(file, limit)))
  return texts.filter((text) => text !== undefined)
}

async function readOwnLock(repository: Repository): Promise<Result<Lock | undefined>> {
  if (await repository.hasFolder(lockFile))
    return failure({
      file: lockFile,
      message: "is a folder, and Slipway keeps its lock in a file of this name. Move it away.",
    })
  const source = await repository.text(lockFile, lockByteLimit)
  if (source === undefined) return success(undefined)
  return source.text.ok ? parseLock(source.text.value, source.file) : source.text
}

function rootsOf({ manifest, yaml }: Parsed<ServiceManifest>): readonly string[] {
  return [posix.dirname(yaml.file), ...(manifest.uses ?? []).map(tidyPath)]
}
