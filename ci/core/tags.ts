import type { ContentKey, EnvironmentName, Platform, ServiceName } from "./ids.js"

/** The tag that finds an image by its content key. */
export function keyTag(key: ContentKey): string {
  return `key-${key}`
}

/** The tag that finds the record of a key, also on registries without the referrers API. */
export function recordTag(key: ContentKey): string {
  return `record-${key}`
}

/** The tag that moves with each release of an environment; platforms other than linux/amd64 have their own. */
export function environmentTag(environment: EnvironmentName, platform: Platform = "linux/amd64"): string {
  return platform === "linux/amd64" ? environment : `${environment}-${platform.replace("/", "-")}`
}

/** The repository of a service's images: `<registry>/<service>`. */
export function imageRepository(registry: string, service: ServiceName): string {
  return `${registry.replace(/\/+$/, "")}/${service}`
}

/** The reference of an image by tag. */
export function imageReference(registry: string, service: ServiceName, tag: string): string {
  return `${imageRepository(registry, service)}:${tag}`
}
