import { apiHost } from "./reference.js"
import type { RegistryAccess } from "./registry.js"

/** A registry that could not be asked. `message` says which registry, what happened and what to do. */
export class RegistryError extends Error {
  override readonly name = "RegistryError"

  static unreachable(access: RegistryAccess, cause: unknown): RegistryError {
    return new RegistryError(
      `The registry ${access.host} does not answer: ${told(rootCause(cause))}. Check its address and the network.`,
    )
  }

  static refused(access: RegistryAccess, repository: string, status: number): RegistryError {
    const fix =
      status === 401 || status === 403
        ? `Log in with  docker login${access.host === apiHost("docker.io") ? "" : ` ${access.host}`}`
        : "Try again later, or look at the registry's own log."
    return new RegistryError(`The registry ${access.host} answered ${status} for ${repository}. ${fix}`)
  }
}

function told({ message, name }: Error): string {
  return (message || name).replace(/\.$/, "")
}

/** Whether a connection that stood was cut: by a proxy, a restart, a bad line. Worth another try. */
export function isCutConnection(error: unknown): boolean {
  const { code = "" } = rootCause(error) as NodeJS.ErrnoException
  return ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(code)
}

function rootCause(error: unknown): Error {
  let deepest = error
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause
  return deepest instanceof Error ? deepest : new Error(String(deepest))
}
