import type { Lock } from "../lock/lock.js"
import { fleetManifest, type FleetManifest } from "../manifest/fleet-manifest.js"
import { parseFleet, parseService, type Parsed } from "../manifest/parse.js"
import type { ServiceManifest } from "../manifest/service-manifest.js"
import type { Problem } from "../problem.js"
import { problemsOf, success, valuesOf, type Result } from "../result.js"
import type { SourceText } from "../yaml/decode.js"
import { problemAt } from "../yaml/schema-problems.js"
import type { ResolvedService } from "./resolved-service.js"
import { resolveService } from "./resolve-service.js"
import type { Sources } from "./sources.js"

/** What a fleet is resolved from; all of it was read before. */
export interface FleetSources {
  /** The text of slipway.yaml, where there is one. */
  readonly fleet: SourceText | undefined
  /** The texts of all service.yaml files. */
  readonly services: readonly SourceText[]
  readonly lock: Lock
  readonly sources: Sources
}

/** A resolved fleet; the services that could be resolved are there even when others have problems. */
export interface ResolvedFleet {
  readonly fleet: FleetManifest
  /** Sorted by name. */
  readonly services: readonly ResolvedService[]
  readonly problems: readonly Problem[]
}

/** A service beside the manifest that it came from. */
interface Pair {
  readonly parsed: Parsed<ServiceManifest>
  readonly service: ResolvedService
}

/** The manifest file of a fleet. */
export const fleetFile = "slipway.yaml"

/** Resolves every service of a fleet and gathers every problem of all its files at once. */
export function resolveFleet(input: FleetSources): ResolvedFleet {
  const fleet = readFleet(input.fleet)
  const manifest = fleet.ok ? fleet.value.manifest : fleetManifest.parse({})
  const context = { fleet: manifest, lock: input.lock, sources: input.sources }
  const results = input.services.map((source) => readService(source, context))
  const pairs = valuesOf(results)
  return {
    fleet: manifest,
    services: pairs.map(({ service }) => service).sort((left, right) => (left.name < right.name ? -1 : 1)),
    problems: [
      ...problemsOf(fleet),
      ...(fleet.ok && input.services.length === 0 ? [noService(fleet.value)] : []),
      ...results.flatMap(problemsOf),
      ...sharedNames(pairs),
    ],
  }
}

/** The checked fleet manifest of a text that may be absent. */
export function readFleet(source: SourceText | undefined): Result<Parsed<FleetManifest>> {
  if (source === undefined) return parseFleet(undefined, fleetFile)
  return source.text.ok ? parseFleet(source.text.value, source.file) : source.text
}

function readService(source: SourceText, context: Parameters<typeof resolveService>[1]): Result<Pair> {
  if (!source.text.ok) return source.text
  const parsed = parseService(source.text.value, source.file)
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

function sharedNames(pairs: readonly Pair[]): readonly Problem[] {
  return pairs.flatMap(({ parsed, service }, index) => {
    const first = pairs.slice(0, index).find((earlier) => earlier.service.name === service.name)
    if (first === undefined) return []
    const message = `"${service.name}" is also the name of ${first.service.file}. Give one of them another name.`
    return [problemAt(parsed.yaml, ["name"], message)]
  })
}
