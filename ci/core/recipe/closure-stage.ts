import type { EnvironmentName } from "../ids.js"
import { closureName, closurePackages } from "../lock/closures.js"
import type { ResolvedService } from "../resolve/resolved-service.js"
import { failure, success, type Result } from "../result.js"
import type { LanguageRecipe, RecipeRequest } from "./language.js"
import { notLocked } from "./not-locked.js"
import type { Stage } from "./steps.js"

/** The closure of a builder: a language's own and what the service's builderPackages add. */
export function builderClosure(base: string, service: Pick<ResolvedService, "builderPackages">): string {
  return closureName(base, service.builderPackages)
}

/** The closure that a service's image runs on, if any: its language's own and what the service's packages add. */
export function runtimeClosure(
  { closure }: Pick<LanguageRecipe, "closure">,
  service: ResolvedService,
  environment: EnvironmentName,
): string | undefined {
  const base = typeof closure === "function" ? closure(service, environment) : closure
  return base === undefined ? undefined : closureName(base, service.packages)
}

/** A stage that is nothing but locked packages: its compilers may reach the bytes. It has no PATH yet. */
export function closureStage(
  name: string,
  closure: string,
  { service, platform, lock }: Pick<RecipeRequest, "service" | "platform" | "lock">,
): Result<Stage> {
  const packages = closurePackages(lock, closure, platform)
  if (packages.length === 0) return failure(notLocked(service, `the package set ${closure}`, platform))
  return success({
    name,
    steps: [
      { do: "from", image: "scratch" },
      { do: "closure", name: closure, packages },
    ],
  })
}
