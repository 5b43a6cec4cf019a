import { posix } from "node:path"
import { globReach } from "../globs.js"
import type { Lock } from "../lock/lock.js"
import { fleetManifest, type FleetManifest } from "../manifest/fleet-manifest.js"
import type { Parsed } from "../manifest/parse.js"
import type { ServiceManifest } from "../manifest/service-manifest.js"
import type { Problem } from "../problem.js"
import { problemsOf, success, valuesOf, type Result } from "../result.js"
import { didYouMean } from "../suggest.js"
import { problemAt } from "../yaml/schema-problems.js"
import type { ResolvedService } from "./resolved-service.js"
import { resolveService, type ResolveContext } from "./resolve-service.js"
import type { Sources } from "./sources.js"
import type { PartlyResolved, UnresolvedService } from "./unresolved.js"

/** What a fleet is resolved from: its parsed manifests, or their problems, and what else was read before. */
export interface FleetSources {
  readonly fleet: Result<Parsed<FleetManifest>>
  readonly services: readonly ServiceSource[]
  readonly lock: Lock
  readonly sources: Sources
}

/** A service.yaml: its name as far as its text tells one, and what it says or what is wrong with it. */
export interface ServiceSource {
  readonly file: string
  readonly name: string
  readonly parsed: Result<Parsed<ServiceManifest>>
}

/** A resolved fleet; the services that could be resolved are there even when others have problems. */
export interface ResolvedFleet extends PartlyResolved {
  readonly fleet: FleetManifest
  /** Sorted by name. */
  readonly services: readonly ResolvedService[]
}

/** A service beside the manifest that it came from. */
interface Pair {
  readonly parsed: Parsed<ServiceManifest>
  readonly service: ResolvedService
}

/** Resolves every service of a fleet and gathers every problem of all its files at once. */
export function resolveFleet({ fleet, services, lock, sources }: FleetSources): ResolvedFleet {
  const manifest = fleet.ok ? fleet.value.manifest : fleetManifest.parse({})
  const results = services.map(({ name, parsed }) => ({
    name,
    result: pair(parsed, { fleet: manifest, lock, sources }),
  }))
  const pairs = valuesOf(results.map(({ result }) => result))
  const broken = results
    .map(({ name, result }) => ({ name, problems: problemsOf(result) }))
    .filter(({ problems }) => problems.length > 0)
  const unresolved = [
    ...broken,
    ...(fleet.ok ? absentServices(fleet.value, services) : []),
    ...sharedNames(pairs),
  ]
  return {
    fleet: manifest,
    services: pairs.map(({ service }) => service).sort((left, right) => (left.name < right.name ? -1 : 1)),
    problems: [
      ...problemsOf(fleet),
      ...(fleet.ok && services.length === 0 ? [noServices(fleet.value)] : []),
      ...unresolved.flatMap(({ problems }) => problems),
      ...(fleet.ok && broken.length === 0 ? absentDoor(fleet.value, pairs) : []),
    ],
    unresolved,
  }
}

function pair(parsed: Result<Parsed<ServiceManifest>>, context: ResolveContext): Result<Pair> {
  if (!parsed.ok) return parsed
  const resolved = resolveService(parsed.value, context)
  return resolved.ok ? success({ parsed: parsed.value, service: resolved.value }) : resolved
}

/** Globs that lead to nothing, all of them together. */
function noServices({ manifest, yaml }: Parsed<FleetManifest>): Problem {
  const globs = manifest.services.join(", ")
  const message = `no folder that matches ${globs} holds a service.yaml. Name other folders; ./slipway init shows what looks like a service.`
  return problemAt(yaml, ["services"], message)
}

/** Folders that slipway.yaml names one by one and that hold no service. */
function absentServices(
  { manifest, yaml }: Parsed<FleetManifest>,
  services: readonly ServiceSource[],
): readonly UnresolvedService[] {
  if (services.length === 0) return []
  const folders = new Set(services.map(({ file }) => posix.dirname(file)))
  return manifest.services.flatMap((glob, index) => {
    const { base, depth } = globReach(glob)
    if (glob.startsWith("!") || depth > 0 || folders.has(base)) return []
    const message = `${base} holds no service.yaml. Run ./slipway adopt ${base}, or take it out of the list.`
    return [{ name: posix.basename(base), problems: [problemAt(yaml, ["services", index], message)] }]
  })
}

/** A front door that is no service; not told while services have problems, for it may be one of them. */
function absentDoor({ manifest, yaml }: Parsed<FleetManifest>, pairs: readonly Pair[]): readonly Problem[] {
  const door = manifest.up?.door
  const names = pairs.map(({ service }) => service.name as string)
  if (door === undefined || names.includes(door)) return []
  return [problemAt(yaml, ["up", "door"], `there is no service "${door}".${didYouMean(door, names)}`)]
}

function sharedNames(pairs: readonly Pair[]): readonly UnresolvedService[] {
  return pairs.flatMap(({ parsed, service }, index) => {
    const first = pairs.slice(0, index).find((earlier) => earlier.service.name === service.name)
    if (first === undefined) return []
    const message = `"${service.name}" is also the name of ${first.service.file}. Give one of them another name.`
    return [{ name: service.name, problems: [problemAt(parsed.yaml, ["name"], message)] }]
  })
}
