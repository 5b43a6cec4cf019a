import type { EnvironmentName, Platform } from "../../../ci/core/ids.js"
import type { Problem } from "../../../ci/core/problem.js"
import { problemsOf, valuesOf } from "../../../ci/core/result.js"
import { loadFleet, type LoadOptions } from "../../../ci/io/load-fleet.js"
import { loadTarget, type Target } from "../../../ci/io/load-target.js"
import { testLock } from "./test-lock.js"

interface Variant extends LoadOptions {
  readonly environment?: EnvironmentName
  readonly platform?: Platform
}

/** All targets of a repository for one environment, and all problems, with the test lock as the built-in one. */
export async function loadAll(
  root: string,
  { environment = "production", platform = "linux/amd64", ...options }: Variant = {},
): Promise<{ readonly targets: readonly Target[]; readonly problems: readonly Problem[] }> {
  const fleet = await loadFleet(root, { baseLock: testLock, ...options })
  const loaded = await Promise.all(
    fleet.services.map((service) => loadTarget(fleet, service, { environment, platform })),
  )
  await fleet.repository.save()
  return { targets: valuesOf(loaded), problems: [...fleet.problems, ...loaded.flatMap(problemsOf)] }
}

/** The only target of a repository without problems. */
export async function loadOne(root: string, options: Variant = {}): Promise<Target> {
  const { targets, problems } = await loadAll(root, options)
  const [target] = targets
  if (target === undefined || problems.length > 0) throw new Error(JSON.stringify(problems, undefined, 2))
  return target
}
