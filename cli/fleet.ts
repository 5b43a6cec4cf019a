import { createHash } from "node:crypto"
import { existsSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { EnvironmentName, environmentNames, Platform, platforms } from "../ci/core/ids.js"
import { renderProblems, type Problem } from "../ci/core/problem.js"
import type { ResolvedService } from "../ci/core/resolve/resolved-service.js"
import { problemsFor, problemsOfAll, unknownService } from "../ci/core/resolve/unresolved.js"
import { problemsOf, valuesOf } from "../ci/core/result.js"
import { didYouMean } from "../ci/core/suggest.js"
import { loadFleet, type LoadedFleet } from "../ci/io/load-fleet.js"
import { loadTarget, type Target } from "../ci/io/load-target.js"
import { openHome } from "../engine/home.js"
import type { Options } from "./arguments.js"
import { fleetAbove } from "./root-above.js"
import { UserError } from "./user-error.js"

/** A fleet, of which single services may be broken, and the folder that it lies in. */
export interface OpenFleet extends LoadedFleet {
  readonly root: string
  /** What a refusal says was left undone: `nothing was built`. */
  readonly undone: string
}

/**
 * Opens the fleet that the options name. Throws a {@link UserError} with every problem of every file where one of them
 * concerns all services; those of single services are told when these are asked for.
 */
export async function openFleet(options: Options, undone: string): Promise<OpenFleet> {
  const root =
    options.directory === undefined
      ? (fleetAbove(process.cwd()) ?? process.cwd())
      : resolve(options.directory)
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new UserError(`--directory ${options.directory}: there is no such folder.`)
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16)
  const statCache = join(openHome(process.env).cache, "stat", `${name}.json`)
  const fleet = await loadFleet(root, { statCache })
  if (problemsOfAll(fleet).length > 0) refuse(fleet.problems, undone)
  return { ...fleet, root, undone }
}

/** The named services, all when none is named. Throws a {@link UserError} where one is unknown, or broken. */
export function pickServices(fleet: OpenFleet, names: readonly string[]): readonly ResolvedService[] {
  const unknown = unknownService(names, fleet)
  if (unknown !== undefined) throw new UserError(unknown)
  refuse(problemsFor(names, fleet), fleet.undone)
  if (names.length === 0) return fleet.services
  return [...new Set(names)].flatMap((name) => fleet.services.find((each) => each.name === name) ?? [])
}

/** What is wrong with services that were left out, as an error to end with; undefined where none was. */
export function brokenServices({ unresolved }: OpenFleet, undone: string): UserError | undefined {
  const problems = unresolved.flatMap((service) => service.problems)
  return problems.length === 0 ? undefined : new UserError(renderProblems(problems, { nothing: undone }))
}

/** Plans the named services for the environment and platform that the options name. */
export async function planTargets(
  fleet: OpenFleet,
  names: readonly string[],
  options: Options,
): Promise<readonly Target[]> {
  const environment = environmentOf(options, fleet)
  const platform = oneOf("--platform", options.platform ?? fleet.fleet.defaults.platform, platforms, Platform)
  const services = pickServices(fleet, names)
  const results = await Promise.all(
    services.map((service) => loadTarget(fleet, service, { environment, platform })),
  )
  refuse(results.flatMap(problemsOf), fleet.undone)
  await fleet.repository.save()
  return valuesOf(results)
}

/** The environment that the options name, else the fleet's. */
export function environmentOf(options: Options, { fleet }: OpenFleet): EnvironmentName {
  return oneOf("--env", options.env ?? fleet.defaults.environment, environmentNames, EnvironmentName)
}

function oneOf<T extends string>(
  option: string,
  found: string,
  allowed: readonly string[],
  schema: { safeParse(value: string): { success: boolean; data?: T } },
): T {
  const parsed = schema.safeParse(found)
  if (parsed.success && parsed.data !== undefined) return parsed.data
  throw new UserError(`${option} ${found}: is not one of ${allowed.join(", ")}.${didYouMean(found, allowed)}`)
}

function refuse(problems: readonly Problem[], undone: string): void {
  if (problems.length > 0) throw new UserError(renderProblems(problems, { nothing: undone }))
}
