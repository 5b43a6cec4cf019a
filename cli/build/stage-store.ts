import { dag, ImageLayerCompression, type Container } from "@dagger.io/dagger"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { StageStore } from "../../ci/src/images/stage-store.js"
import type { ImageStore } from "./published.js"

/** Stages in a repository of the registry that the images go to, so that another machine need not make them. */
export class RegistryStages implements StageStore {
  readonly #kept = new Map<string, Promise<void>>()

  /**
   * `repository` is the path at the registry; `madeFolder` remembers what this engine has made itself, so that it goes
   * on with that: absent for an engine whose state is not ours to know.
   */
  constructor(
    private readonly images: ImageStore,
    private readonly repository: string,
    private readonly madeFolder: string | undefined,
  ) {}

  async find(key: string): Promise<((blank: Container) => Container) | undefined> {
    if (this.#isMade(key)) return undefined
    // A registry that refuses or is away only means that the stage is made here.
    const digest = await this.images.registry.digest(this.repository, tagOf(key)).catch(() => undefined)
    if (digest === undefined) return undefined
    return (blank) => this.#authorized(blank).from(`${this.#path()}@${digest}`)
  }

  keep(key: string, stage: Container): void {
    if (this.#kept.has(key) || this.#isMade(key)) return
    this.#kept.set(key, this.#keep(key, stage))
  }

  /** Waits until all that was handed over is kept. Throws the first error, when all came to their end. */
  async settle(): Promise<void> {
    const failed = (await Promise.allSettled(this.#kept.values())).find(({ status }) => status === "rejected")
    if (failed?.status === "rejected") throw failed.reason
  }

  async #keep(key: string, stage: Container): Promise<void> {
    if ((await this.images.registry.digest(this.repository, tagOf(key))) === undefined) {
      const address = `${this.#path()}:${tagOf(key)}`
      await this.#authorized(stage).publish(address, { forcedCompression: ImageLayerCompression.Zstd })
    }
    if (this.madeFolder === undefined) return
    mkdirSync(this.madeFolder, { recursive: true })
    writeFileSync(join(this.madeFolder, key), "")
  }

  #isMade(key: string): boolean {
    return this.madeFolder !== undefined && existsSync(join(this.madeFolder, key))
  }

  #path(): string {
    return `${this.images.place.host}/${this.repository}`
  }

  #authorized(container: Container): Container {
    const { credentials, place } = this.images
    if (!credentials) return container
    const password = dag.setSecret(`registry ${place.host}`, credentials.password)
    return container.withRegistryAuth(place.host, credentials.username, password)
  }
}

function tagOf(key: string): string {
  return `key-${key}`
}
