import ky, { HTTPError } from "ky"
import { RegistryError } from "./registry-error.js"
import type { RegistryAccess } from "./registry.js"

/** A registry account. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

/**
 * Value of the `authorization` header that a registry's 401 asks for: basic credentials, or a bearer token from
 * the service that its challenge names (distribution specification, token authentication).
 */
export async function tokenFor(
  challenge: string | null,
  scope: string,
  access: RegistryAccess,
): Promise<string> {
  const basic = access.credentials && `Basic ${encode(access.credentials)}`
  const repository = scope.split(":")[1] ?? ""
  const [scheme = "", parameters = ""] = (challenge ?? "").split(/ (.*)/s)
  if (scheme.toLowerCase() !== "bearer") {
    if (!basic) throw RegistryError.refused(access, repository, 401)
    return basic
  }
  const fields = Object.fromEntries(
    [...parameters.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
  )
  const search = { ...(fields["service"] ? { service: fields["service"] } : {}), scope }
  try {
    const answer = await ky
      .get(fields["realm"] ?? "", {
        searchParams: search,
        headers: basic ? { authorization: basic } : {},
        timeout: access.timeout ?? 30_000,
      })
      .json<{ token?: string; access_token?: string }>()
    return `Bearer ${answer.token ?? answer.access_token ?? ""}`
  } catch (error) {
    if (error instanceof HTTPError) throw RegistryError.refused(access, repository, error.response.status)
    throw RegistryError.unreachable({ ...access, host: fields["realm"] ?? access.host }, error)
  }
}

function encode({ username, password }: Credentials): string {
  return Buffer.from(`${username}:${password}`).toString("base64")
}
