import { join } from "node:path"

/** Folders of this project that the engine is made from. */
export interface Sources {
  readonly project: string
  /** Go module whose tools are Dagger's engine and CLI. */
  readonly dagger: string
  /** Go module of the registry. */
  readonly registry: string
  /** Dagger module that loads TypeScript modules. */
  readonly runtime: string
}

export function sourcesOf(project: string): Sources {
  const engine = join(project, "engine")
  return {
    project,
    dagger: join(engine, "dagger"),
    registry: join(engine, "registry"),
    runtime: join(engine, "typescript-runtime"),
  }
}
