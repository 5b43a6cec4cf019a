import type { RegistryAccess } from "./registry.js"

/** A registry that could not be asked. `message` says which registry, what happened and what to do. */
export class RegistryError extends Error {
  override readonly name = "RegistryError"

  static unreachable(access: RegistryAccess, cause: unknown): RegistryError {
    return new RegistryError(
      `The registry ${access.host} does not answer: ${rootCause(cause)}. Check the address in slipway.yaml and the network.`,
    )
  }

  static refused(access: RegistryAccess, repository: string, status: number): RegistryError {
    const fix =
      status === 401 || status === 403
        ? `Log in with  docker login ${access.host}  or pass --username and --password.`
        : "Try again later, or look at the registry's own log."
    return new RegistryError(`The registry ${access.host} answered ${status} for ${repository}. ${fix}`)
  }
}

function rootCause(error: unknown): string {
  let deepest = error
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause
  return deepest instanceof Error ? deepest.message || deepest.name : String(deepest)
}
