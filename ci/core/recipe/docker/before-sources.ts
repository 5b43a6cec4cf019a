import { namedFiles, sourcesIn, visibleFiles, type DockerContext } from "./context.js"
import type { Instruction } from "./parse-dockerfile.js"
import { earlierStage, stageReferences, type DockerStage, type DockerVariant } from "./stages.js"

/** The lines of a Dockerfile's stage that no source reaches: from its FROM to a RUN. */
export interface BeforeSources {
  readonly stage: DockerStage
  readonly last: Instruction
  /** What the stage and those below it copy up to there, from the repository's root. */
  readonly files: readonly string[]
}

/** The stages of a Dockerfile, those that are built, and in what context. */
export interface BuiltStages {
  readonly stages: readonly DockerStage[]
  readonly needed: readonly DockerStage[]
  readonly variant: DockerVariant
  readonly context: DockerContext
}

/**
 * What each stage runs before the first source is copied. Files that a line names one by one are none: so come
 * manifests and lockfiles.
 */
export function beforeSources({ stages, needed, variant, context }: BuiltStages): readonly BeforeSources[] {
  const visible = visibleFiles(context)
  const whole = new Map<DockerStage, readonly string[]>()
  return needed.flatMap((stage) => {
    const reaches: readonly Reach[] = [
      ...stageReferences(stage).map(({ name, line }) => {
        const earlier = earlierStage(stages, name, stage.index)
        return { line, files: earlier === undefined ? [] : whole.get(earlier) }
      }),
      ...sourcesIn(stage, variant).map(({ path, line }) => ({
        line,
        files: namedFiles(path, visible, context),
      })),
    ]
    const end = Math.min(...reaches.filter(({ files }) => files === undefined).map(({ line }) => line))
    if (end === Infinity) whole.set(stage, filesUpTo(Infinity, reaches))
    const runs = stage.instructions.filter(({ keyword, line }) => keyword === "RUN" && line < end)
    return runs.slice(-1).map((last) => ({ stage, last, files: filesUpTo(last.line, reaches) }))
  })
}

/** What a line of a stage copies, itself or by a stage that it builds on; without files where sources are among it. */
interface Reach {
  readonly line: number
  readonly files: readonly string[] | undefined
}

function filesUpTo(last: number, reaches: readonly Reach[]): readonly string[] {
  return [...new Set(reaches.flatMap(({ line, files = [] }) => (line <= last ? files : [])))].sort()
}
