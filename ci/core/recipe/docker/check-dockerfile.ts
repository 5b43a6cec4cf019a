import type { Problem } from "../../problem.js"
import { didYouMean } from "../../suggest.js"
import type { Dockerfile } from "./parse-dockerfile.js"
import { earlierStage, type DockerStage } from "./stages.js"

const keywords =
  "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR".split(
    " ",
  )

/** What makes a file no Dockerfile: instructions that there are not, or nothing to begin from. */
export function dockerfileProblems(file: string, { instructions }: Dockerfile): readonly Problem[] {
  const [first] = instructions
  if (first === undefined) return [{ file, message: "has no FROM. Begin with one." }]
  const unknown = instructions.filter(({ keyword }) => !keywords.includes(keyword))
  if (unknown.length > 0)
    return unknown.map(({ keyword, line }) => ({ file, line, message: noInstruction(keyword) }))
  const early = instructions.find(({ keyword }) => keyword !== "ARG")
  if (early?.keyword === "FROM") return []
  const message =
    "FROM comes first in a Dockerfile: it names the image that the rest builds on. Add it above."
  return [{ file, line: (early ?? first).line, message }]
}

/** What is told of an image that is to be booted and says nowhere what runs: the image below may say it, scratch does not. */
export function noCommand(
  file: string,
  stages: readonly DockerStage[],
  last: DockerStage | undefined,
): readonly Problem[] {
  for (let stage = last; stage?.base !== undefined; stage = earlierStage(stages, stage.base, stage.index)) {
    if (stage.instructions.some(({ keyword }) => keyword === "CMD" || keyword === "ENTRYPOINT")) return []
    if (stage.base !== "scratch") continue
    const message = `the image begins with scratch and says nowhere what it runs. Add a CMD, or set command in the service's manifest.`
    return [{ file, line: stage.from.line, message }]
  }
  return []
}

function noInstruction(keyword: string): string {
  const meant = didYouMean(keyword, keywords)
  const fix = meant === "" ? " Correct it, or begin the line with # for a comment." : meant
  return `${keyword} is no instruction of a Dockerfile.${fix}`
}
