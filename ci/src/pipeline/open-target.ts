import type { Directory } from "@dagger.io/dagger"
import { EnvironmentName, environmentNames, Platform, platforms } from "../../core/ids.js"
import { renderProblems, type Problem } from "../../core/problem.js"
import { problemsFor, unknownService } from "../../core/resolve/unresolved.js"
import { loadFleet, type LoadedFleet } from "../../io/load-fleet.js"
import { loadTarget, type Target } from "../../io/load-target.js"
import { inputsOf } from "./inputs.js"

/** A target of a repository that came as a Directory, with its inputs in the engine. */
export interface OpenTarget {
  readonly fleet: LoadedFleet
  readonly target: Target
  readonly inputs: Directory
}

/** Which target is wanted, as a caller writes it. */
export interface TargetRequest {
  readonly service: string
  readonly environment?: string
  readonly platform?: string
}

/** Folder of the module's own container, relative to its working directory. */
const sourceFolder = ".slipway-source"

/**
 * Reads the services of a repository. Throws one error with every problem of every manifest, or with those alone that
 * concern the named services.
 */
export async function openFleet(source: Directory, names: readonly string[] = []): Promise<LoadedFleet> {
  await source.export(sourceFolder, { wipe: true })
  const fleet = await loadFleet(sourceFolder)
  const unknown = unknownService(names, fleet)
  if (unknown !== undefined) throw new Error(unknown)
  refuse(problemsFor(names, fleet))
  return fleet
}

/** Finds a target in a repository and hands its inputs, normalised, to the engine. */
export async function openTarget(source: Directory, request: TargetRequest): Promise<OpenTarget> {
  const fleet = await openFleet(source, [request.service])
  const service = fleet.services.find((each) => each.name === request.service)
  if (!service) throw new Error(`${request.service}: no such service.`)
  const { defaults } = fleet.fleet
  const environment = EnvironmentName.safeParse(request.environment ?? defaults.environment)
  if (!environment.success)
    throw new Error(`--env ${request.environment}: is not one of ${environmentNames.join(", ")}.`)
  const platform = Platform.safeParse(request.platform ?? defaults.platform)
  if (!platform.success)
    throw new Error(`--platform ${request.platform}: is not one of ${platforms.join(", ")}.`)
  const target = await loadTarget(fleet, service, { environment: environment.data, platform: platform.data })
  if (!target.ok) throw refusal(target.problems)
  return { fleet, target: target.value, inputs: await inputsOf(source, target.value, sourceFolder) }
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw refusal(problems)
}

function refusal(problems: readonly Problem[]): Error {
  return new Error(renderProblems(problems, { nothing: "nothing was built" }))
}
