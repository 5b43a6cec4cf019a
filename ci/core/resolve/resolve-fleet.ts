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

/** What a fleet is resolved from: its parsed manifests, or their problems, and what else was read before. */
export interface FleetSources {
  readonly fleet: Result<Parsed<FleetManifest>>
  readonly services: readonly Result<Parsed<ServiceManifest>>[]
  readonly lock: Lock
  readonly sources: Sources
}

/** A resolved fleet; the services that could be resolved are there even when others have problems. */
export interface ResolvedFleet {
  readonly fleet: FleetManifest
  /** Sorted by name. */
  readonly services: readonly ResolvedService[]
  /** Everything that is wrong anywhere. */
  readonly problems: readonly Problem[]
  /** Those of the problems for which a service is not among {@link services}. */
  readonly unresolved: readonly Problem[]
}

/** What stands in the way of the named services: a sound one need not wait for a broken one that nobody asked for. */
export function problemsFor(
  names: readonly string[],
  { services, problems, unresolved }: ResolvedFleet,
): readonly Problem[] {
  const areSound =
    names.length > 0 && names.every((wanted) => services.some(({ name }) => (name as string) === wanted))
  return areSound ? problems.filter((problem) => !unresolved.includes(problem)) : problems
}

/** A service beside the manifest that it came from. */
interface Pair {
  readonly parsed: Parsed<ServiceManifest>
  readonly service: ResolvedService
}

/** Resolves every service of a fleet and gathers every problem of all its files at once. */
export function resolveFleet({ fleet, services, lock, sources }: FleetSources): ResolvedFleet {
  const manifest = fleet.ok ? fleet.value.manifest : fleetManifest.parse({})
  const results = services.map((parsed) => pair(parsed, { fleet: manifest, lock, sources }))
  const pairs = valuesOf(results)
  const unresolved = results.flatMap(problemsOf)
  return {
    fleet: manifest,
    services: pairs.map(({ service }) => service).sort((left, right) => (left.name < right.name ? -1 : 1)),
    problems: [
      ...problemsOf(fleet),
      ...(fleet.ok ? absentServices(fleet.value, services) : []),
      ...unresolved,
      ...sharedNames(pairs),
      ...(fleet.ok
        ? absentDoor(
            fleet.value,
            pairs,
            results.every(({ ok }) => ok),
          )
        : []),
    ],
    unresolved,
  }
}

function pair(parsed: Result<Parsed<ServiceManifest>>, context: ResolveContext): Result<Pair> {
  if (!parsed.ok) return parsed
  const resolved = resolveService(parsed.value, context)
  return resolved.ok ? success({ parsed: parsed.value, service: resolved.value }) : resolved
}

/** Globs that lead to nothing: all of them together, or one that names a single folder. */
function absentServices(
  { manifest, yaml }: Parsed<FleetManifest>,
  services: readonly Result<Parsed<ServiceManifest>>[],
): readonly Problem[] {
  if (services.length === 0) {
    const globs = manifest.services.join(", ")
    const message = `no folder that matches ${globs} holds a service.yaml. Add one, or name other folders.`
    return [problemAt(yaml, ["services"], message)]
  }
  const files = services.map((each) => (each.ok ? each.value.yaml.file : (each.problems[0]?.file ?? "")))
  const folders = new Set(files.map((file) => posix.dirname(file)))
  return manifest.services.flatMap((glob, index) => {
    const { base, depth } = globReach(glob)
    if (glob.startsWith("!") || depth > 0 || folders.has(base)) return []
    const message = `${base} holds no service.yaml. Run ./slipway adopt ${base}, or take it out of the list.`
    return [problemAt(yaml, ["services", index], message)]
  })
}

/** A front door that is no service; not told while services have problems, for it may be one of them. */
function absentDoor(
  { manifest, yaml }: Parsed<FleetManifest>,
  pairs: readonly Pair[],
  isWhole: boolean,
): readonly Problem[] {
  const door = manifest.up?.door
  const names = pairs.map(({ service }) => service.name as string)
  if (door === undefined || !isWhole || names.includes(door)) return []
  return [problemAt(yaml, ["up", "door"], `there is no service "${door}".${didYouMean(door, names)}`)]
}

function sharedNames(pairs: readonly Pair[]): readonly Problem[] {
  return pairs.flatMap(({ parsed, service }, index) => {
    const first = pairs.slice(0, index).find((earlier) => earlier.service.name === service.name)
    if (first === undefined) return []
    const message = `"${service.name}" is also the name of ${first.service.file}. Give one of them another name.`
    return [problemAt(parsed.yaml, ["name"], message)]
  })
}
