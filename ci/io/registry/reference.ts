/** A place for images: `HOST[:PORT]` and an optional path below it. */
export interface RegistryPlace {
  readonly host: string
  /** Path before the service's name, without slashes at its ends; empty at the root. */
  readonly prefix: string
}

/** Reads `ghcr.io/acme/shop` as host and prefix. A first part without dot, colon or `localhost` means Docker Hub. */
export function parseRegistry(text: string): RegistryPlace {
  const [first = "", ...rest] = text.replace(/\/+$/, "").split("/")
  const isHost = first.includes(".") || first.includes(":") || first === "localhost"
  return isHost
    ? { host: first, prefix: rest.join("/") }
    : { host: "docker.io", prefix: [first, ...rest].join("/") }
}

/** Repository of a service at a place: `acme/shop/web`. */
export function repositoryOf(place: RegistryPlace, service: string): string {
  return place.prefix ? `${place.prefix}/${service}` : service
}

/** Host that answers the API for a registry name. Only Docker Hub differs. */
export function apiHost(host: string): string {
  return host === "docker.io" ? "registry-1.docker.io" : host
}

/** Loopback registries speak plain HTTP unless they are told otherwise, as with every OCI client. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, "")
  return name === "localhost" || name === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(name)
}
