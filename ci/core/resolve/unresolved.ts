import type { Problem } from "../problem.js"
import { didYouMean } from "../suggest.js"

/** A service that somebody wrote and that cannot be built as it stands. */
export interface UnresolvedService {
  /** Its name as far as its manifest tells one, else its folder's. */
  readonly name: string
  readonly problems: readonly Problem[]
}

/** A fleet of which some services may be broken. */
export interface PartlyResolved {
  readonly services: readonly { readonly name: string }[]
  /** Everything that is wrong anywhere. */
  readonly problems: readonly Problem[]
  /** Whose problems concern no other service. */
  readonly unresolved: readonly UnresolvedService[]
}

/** Problems that stand in the way of every service. */
export function problemsOfAll({ problems, unresolved }: PartlyResolved): readonly Problem[] {
  const single = unresolved.flatMap((service) => service.problems)
  return problems.filter((problem) => !single.includes(problem))
}

/**
 * What stands in the way of the named services, of all when none is named: a sound one need not wait for a broken one
 * that nobody asked for.
 */
export function problemsFor(names: readonly string[], fleet: PartlyResolved): readonly Problem[] {
  if (names.length === 0) return fleet.problems
  const wanted = fleet.unresolved.filter(({ name }) => names.includes(name))
  return [...problemsOfAll(fleet), ...wanted.flatMap(({ problems }) => problems)]
}

/** The names of all services, sound or broken, sorted. */
export function namesOfAll({ services, unresolved }: PartlyResolved): readonly string[] {
  return [...new Set([...services, ...unresolved].map(({ name }) => name))].sort()
}

/**
 * What is told of the first name that no service has, sound or broken; undefined where all are known, and where the
 * fleet itself is broken, so that nobody knows them.
 */
export function unknownService(names: readonly string[], fleet: PartlyResolved): string | undefined {
  if (problemsOfAll(fleet).length > 0) return undefined
  const known = namesOfAll(fleet)
  const name = names.find((each) => !known.includes(each))
  if (name === undefined) return undefined
  return `${name}: no such service.${didYouMean(name, known)} This fleet has: ${known.join(", ")}.`
}
