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
      ...(fleet.ok && services.length === 0 ? [noService(fleet.value)] : []),
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

function noService({ manifest, yaml }: Parsed<FleetManifest>): Problem {
  const globs = manifest.services.join(", ")
  return problemAt(
    yaml,
    ["services"],
    `no folder that matches ${globs} holds a service.yaml. Add one, or name other folders.`,
  )
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
