import ky, { HTTPError, type KyInstance, type RetryOptions } from "ky"
import { createHash } from "node:crypto"
import { isCutConnection, RegistryError } from "./registry-error.js"
import { tokenFor, type Credentials } from "./authorize.js"

/** How a registry is reached. */
export interface RegistryAccess {
  /** `HOST[:PORT]` as image references name it. */
  readonly host: string
  /** Plain HTTP. True for the embedded registry and for loopback addresses, as with every OCI client. */
  readonly insecure: boolean
  readonly credentials?: Credentials
  /** Milliseconds that one request may take; 30 s when absent. */
  readonly timeout?: number
}

/** A manifest as the registry holds it. */
export interface StoredManifest {
  readonly digest: string
  readonly mediaType: string
  /** The exact bytes that the digest is of. */
  readonly text: string
}

/** A registry that is busy or cut a connection is asked again, for some ten seconds at most. */
const patience: RetryOptions = {
  limit: 4,
  methods: ["get", "head", "put"],
  statusCodes: [408, 429, 500, 502, 503, 504],
  backoffLimit: 4_000,
  maxRetryAfter: 4_000,
  // One that is not there, refuses or shows a wrong certificate does not change its mind within seconds.
  shouldRetry: ({ error }) => (error instanceof HTTPError || isCutConnection(error) ? undefined : false),
}

const manifestTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ")

/**
 * Looks things up in one OCI registry and moves tags there: the part of the distribution specification that needs
 * no image bytes. Pushing is the engine's job. Every failure is a {@link RegistryError}.
 */
export class Registry {
  readonly #http: KyInstance
  /** Values of the `authorization` header by scope; requests that need the same one share it. */
  readonly #tokens = new Map<string, Promise<string>>()

  constructor(readonly access: RegistryAccess) {
    this.#http = ky.create({
      prefixUrl: `${access.insecure ? "http" : "https"}://${access.host}/v2/`,
      timeout: access.timeout ?? 30_000,
      retry: patience,
    })
  }

  /** The manifest that a tag or digest names, or undefined when there is none. */
  async manifest(repository: string, reference: string): Promise<StoredManifest | undefined> {
    const response = await this.#request("get", repository, `manifests/${reference}`, {
      accept: manifestTypes,
    })
    if (!response) return undefined
    const text = await response.text()
    const mediaType = response.headers.get("content-type") ?? ""
    return { digest: `sha256:${createHash("sha256").update(text).digest("hex")}`, mediaType, text }
  }

  /** The digest that a tag names, without the manifest's bytes. */
  async digest(repository: string, tag: string): Promise<string | undefined> {
    const response = await this.#request("head", repository, `manifests/${tag}`, { accept: manifestTypes })
    return response?.headers.get("docker-content-digest") ?? undefined
  }

  /** A small blob as text, such as a configuration or a record; undefined when it is not there. */
  async blob(repository: string, digest: string): Promise<string | undefined> {
    return (await this.#request("get", repository, `blobs/${digest}`, {}))?.text()
  }

  /** A blob as it comes, such as a layer; undefined when it is not there. Its reader has all the time that it needs. */
  async blobStream(
    repository: string,
    digest: string,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | undefined> {
    const response = await this.#request("get", repository, `blobs/${digest}`, {})
    return response?.body ?? undefined
  }

  /** Makes a tag name a manifest that the repository holds already. */
  async tag(repository: string, tag: string, manifest: StoredManifest): Promise<void> {
    await this.#request(
      "put",
      repository,
      `manifests/${tag}`,
      { "content-type": manifest.mediaType },
      manifest.text,
    )
  }

  async #request(
    method: "get" | "head" | "put",
    repository: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Response | undefined> {
    const scope = `repository:${repository}:${method === "put" ? "pull,push" : "pull"}`
    const token = await this.#tokens.get(scope)
    try {
      return await this.#http(`${repository}/${path}`, {
        method,
        headers: { ...headers, ...(token === undefined ? {} : { authorization: token }) },
        ...(body === undefined ? {} : { body }),
      })
    } catch (error) {
      if (!(error instanceof HTTPError)) throw RegistryError.unreachable(this.access, error)
      const { status, headers: answer } = error.response
      if (status === 401 && token === undefined) {
        if (!this.#tokens.has(scope)) {
          this.#tokens.set(scope, tokenFor(answer.get("www-authenticate"), scope, this.access))
        }
        return this.#request(method, repository, path, headers, body)
      }
      // Some registries answer 401 or 403 for a repository that does not exist yet; only 404 is a plain "no".
      if (status === 404) return undefined
      throw RegistryError.refused(this.access, repository, status)
    }
  }
}
