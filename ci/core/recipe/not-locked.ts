import type { Platform } from "../ids.js"
import type { Problem } from "../problem.js"
import type { ResolvedService } from "../resolve/resolved-service.js"

/** The problem of a service that needs something from outside which no lock pins. */
export function notLocked(service: ResolvedService, what: string, platform: Platform): Problem {
  return {
    file: service.file,
    message: `${what} for ${platform} is not in slipway.lock. Run ./slipway lock.`,
  }
}
