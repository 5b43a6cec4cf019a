import { namedFiles, type DockerContext } from "./context.js"
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
export function beforeSources(built: BuiltStages): readonly BeforeSources[] {
  const whole = new Map<DockerStage, readonly string[]>()
  return built.needed.flatMap((stage) => {
    const { instructions } = stage
    const reaches = instructions.map((_, index) =>
      filesWithoutSources({ ...stage, instructions: instructions.slice(0, index + 1) }, built, whole),
    )
    const all = filesWithoutSources(stage, built, whole)
    if (all !== undefined) whole.set(stage, all)
    const found = instructions.flatMap((last, index) => {
      const files = reaches[index]
      return last.keyword === "RUN" && files !== undefined ? [{ stage, last, files }] : []
    })
    return found.slice(-1)
  })
}

/** The files that lines of a stage copy; undefined where sources are among them, or reach a stage that they build on. */
function filesWithoutSources(
  stage: DockerStage,
  { stages, variant, context }: BuiltStages,
  whole: ReadonlyMap<DockerStage, readonly string[]>,
): readonly string[] | undefined {
  const below = stageReferences(stage)
    .map(({ name }) => earlierStage(stages, name, stage.index))
    .map((earlier) => (earlier === undefined ? [] : whole.get(earlier)))
  const all = [...below, namedFiles(context, stage, variant)]
  return all.every((each) => each !== undefined) ? [...new Set(all.flat())].sort() : undefined
}
