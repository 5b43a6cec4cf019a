import { ImageLayerCompression, type Container } from "@dagger.io/dagger"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { StageStore } from "../../ci/src/images/stage-store.js"
import type { ImageStore } from "./published.js"
import { authorized } from "./registry-access.js"

/** Stages in a repository of the registry that the images go to, so that another machine need not make them. */
export class RegistryStages implements StageStore {
  readonly #digests = new Map<string, Promise<string | undefined>>()
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
    const digest = await this.#digest(key)
    if (digest === undefined) return undefined
    return (blank) => authorized(blank, this.images).from(`${this.#path()}@${digest}`)
  }

  keep(key: string, stage: Container, isTrue?: () => Promise<boolean>): void {
    if (this.#kept.has(key) || this.#isMade(key)) return
    const kept = this.#keep(key, stage, isTrue)
    kept.catch(() => {}) // told by settle, however long before that it fails
    this.#kept.set(key, kept)
  }

  /** Waits until all that was handed over is kept. Throws the first error, when all came to their end. */
  async settle(): Promise<void> {
    const failed = (await Promise.allSettled(this.#kept.values())).find(({ status }) => status === "rejected")
    if (failed?.status === "rejected") throw failed.reason
  }

  /** Asks once for the targets of a run, which share most stages; a registry that refuses or is away has none. */
  #digest(key: string): Promise<string | undefined> {
    const asked =
      this.#digests.get(key) ??
      this.images.registry.digest(this.repository, tagOf(key)).catch(() => undefined)
    this.#digests.set(key, asked)
    return asked
  }

  async #keep(key: string, stage: Container, isTrue = () => Promise.resolve(true)): Promise<void> {
    if ((await this.images.registry.digest(this.repository, tagOf(key))) === undefined) {
      if (!(await isTrue())) return
      const address = `${this.#path()}:${tagOf(key)}`
      await authorized(stage, this.images).publish(address, { forcedCompression: ImageLayerCompression.Zstd })
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
}

function tagOf(key: string): string {
  return `key-${key}`
}
