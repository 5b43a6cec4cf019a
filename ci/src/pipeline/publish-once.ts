import type { Secret, Service } from "@dagger.io/dagger"
import { keyTag } from "../../core/tags.js"
import { isLoopback, parseRegistry, repositoryOf } from "../../io/registry/reference.js"
import { buildTarget } from "./build-target.js"
import type { OpenTarget } from "./open-target.js"
import { publishedDigest, type Destination } from "./publish.js"
import { publishTarget } from "./publish-target.js"

/** Where a caller wants an image. */
export interface PublishRequest {
  readonly registry?: string
  readonly service?: Service
  readonly username?: string
  readonly password?: Secret
}

/** Publishes a target unless its key is there already. Returns `REPOSITORY@DIGEST`. */
export async function publishOnce(
  { fleet, target, inputs }: OpenTarget,
  request: PublishRequest,
): Promise<string> {
  const embedded = process.env["SLIPWAY_REGISTRY"]
  const address = request.registry ?? fleet.fleet.registry ?? embedded
  if (address === undefined) {
    throw new Error(
      "No registry is named. Add  registry: HOST/PATH  to slipway.yaml, or pass --registry HOST/PATH.",
    )
  }
  const place = parseRegistry(address)
  const to: Destination = {
    host: place.host,
    repository: repositoryOf(place, target.service),
    insecure: request.service !== undefined || address === embedded || isLoopback(place.host),
    ...(request.service ? { service: request.service } : {}),
    ...(request.username ? { username: request.username } : {}),
    ...(request.password ? { password: request.password } : {}),
  }
  const published = await publishedDigest(keyTag(target.key), to)
  if (published !== undefined) return `${to.host}/${to.repository}@${published}`
  const built = await buildTarget({ target, inputs, limits: fleet.fleet.limits })
  return `${to.host}/${to.repository}@${await publishTarget(target, built, to)}`
}
