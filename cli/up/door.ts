import type { ResolvedService } from "../../ci/core/resolve/resolved-service.js"
import { didYouMean } from "../../ci/core/suggest.js"
import { UserError } from "../user-error.js"
import type { Mention } from "./neighbours.js"

/** A service that is reached from outside. */
export type Door = ResolvedService & { readonly port: number }

/**
 * The service that people open: the named one, else the only one with a port that no other calls, else the first with
 * a port. Throws a {@link UserError} when there is none.
 */
export function pickDoor(
  services: readonly ResolvedService[],
  mentions: readonly Mention[],
  named: string | undefined,
): Door {
  const listening = services.filter(listens)
  if (named !== undefined) return namedDoor(services, listening, named)
  const uncalled = listening.filter(({ name }) => !mentions.some(({ to }) => to === name))
  const door = uncalled.length === 1 ? uncalled[0] : listening[0]
  if (door === undefined) {
    throw new UserError(
      "None of these services has a port, so nothing could be opened. Add port: to the one that people open.",
    )
  }
  return door
}

function namedDoor(services: readonly ResolvedService[], listening: readonly Door[], named: string): Door {
  const door = listening.find(({ name }) => name === named)
  if (door) return door
  if (services.some(({ name }) => name === named)) {
    throw new UserError(
      `${named} is to be the front door, but has no port. Add port: to its service.yaml, or name another with --door.`,
    )
  }
  const names = services.map(({ name }) => name as string)
  throw new UserError(
    `${named} is to be the front door, but is not started.${didYouMean(named, names)} Started: ${names.join(", ")}.`,
  )
}

function listens(service: ResolvedService): service is Door {
  return service.port !== undefined
}
