import { createHash } from "node:crypto"
import { existsSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { EnvironmentName, environmentNames, Platform, platforms } from "../ci/core/ids.js"
import { renderProblems, type Problem } from "../ci/core/problem.js"
import { problemsFor } from "../ci/core/resolve/resolve-fleet.js"
import type { ResolvedService } from "../ci/core/resolve/resolved-service.js"
import { fleetFile, mistakenNames } from "../ci/core/manifest/parse.js"
import { problemsOf, valuesOf } from "../ci/core/result.js"
import { didYouMean } from "../ci/core/suggest.js"
import { loadFleet, type LoadedFleet } from "../ci/io/load-fleet.js"
import { loadTarget, type Target } from "../ci/io/load-target.js"
import { openHome } from "../engine/home.js"
import type { Options } from "./arguments.js"
import { UserError } from "./user-error.js"

/** A fleet without problems and the folder that it lies in. */
export interface OpenFleet extends LoadedFleet {
  readonly root: string
}

/**
 * Opens the fleet that the options name. Throws a {@link UserError} with every problem of every file, or with those
 * alone that concern the named services.
 */
export async function openFleet(options: Options, names: readonly string[] = []): Promise<OpenFleet> {
  const root = options.directory === undefined ? findRoot(process.cwd()) : resolve(options.directory)
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new UserError(`--directory ${options.directory}: there is no such folder.`)
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16)
  const statCache = join(openHome(process.env).cache, "stat", `${name}.json`)
  const fleet = await loadFleet(root, { statCache })
  refuse(problemsFor(names, fleet))
  return { ...fleet, root }
}

/** The nearest folder with a slipway.yaml, from here upwards; here when there is none. */
function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if ([fleetFile, ...mistakenNames(fleetFile)].some((file) => existsSync(join(folder, file)))) return folder
    if (dirname(folder) === folder) return start
  }
}

/** The named services, all when none is named. */
export function pickServices(fleet: OpenFleet, names: readonly string[]): readonly ResolvedService[] {
  if (names.length === 0) return fleet.services
  const known = fleet.services.map((service) => service.name as string)
  return [...new Set(names)].map((name) => {
    const service = fleet.services.find((each) => each.name === name)
    if (!service)
      throw new UserError(
        `${name}: no such service.${didYouMean(name, known)} This fleet has: ${known.join(", ")}.`,
      )
    return service
  })
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
  refuse(results.flatMap(problemsOf))
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

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new UserError(renderProblems(problems, { nothing: "nothing was built" }))
}
