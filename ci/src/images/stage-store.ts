import type { Container } from "@dagger.io/dagger"

/** Where stages that need no sources are kept, so that an engine that never made them can begin with them. */
export interface StageStore {
  /** Fills a blank container with a stage; undefined where the stage is to be made here. */
  find(key: string): Promise<((blank: Container) => Container) | undefined>
  /** Hands over a stage that was made here, to be kept if it is what the key stands for. */
  keep(key: string, stage: Container, isTrue?: () => Promise<boolean>): void
}
