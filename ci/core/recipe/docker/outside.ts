import type { Problem } from "../../problem.js"
import { expand } from "./expand.js"
import type { DockerWord, Instruction } from "./parse-dockerfile.js"
import { declare, earlierStage, stageReferences, type DockerStage, type DockerVariant } from "./stages.js"

/** An image that a Dockerfile is built from, with the part of the text that names it. */
export interface UsedImage {
  /** As `docker pull` takes it; pinned where it names a digest itself. */
  readonly reference: string
  readonly line: number
  readonly start: number
  readonly end: number
}

/** A file that an ADD line fetches, and where its --checksum goes. */
export interface UsedUrl {
  readonly url: string
  readonly line: number
  /** Just behind the word ADD. */
  readonly at: number
}

/** Images that the needed stages are made from: no stages, and not the empty one. */
export function imagesOf(
  stages: readonly DockerStage[],
  needed: readonly DockerStage[],
): readonly UsedImage[] {
  return needed.flatMap((stage) =>
    stageReferences(stage)
      .filter(({ name }) => name !== "scratch" && earlierStage(stages, name, stage.index) === undefined)
      .map(({ name, ...place }) => ({ reference: name, ...place })),
  )
}

/** Files that the needed stages fetch by ADD without a checksum of their own. */
export function urlsOf(needed: readonly DockerStage[], variant: DockerVariant): readonly UsedUrl[] {
  return adds(needed, variant)
    .filter(({ source, instruction }) => !isGit(source) && !hasChecksum(instruction))
    .map(({ source, instruction }) => ({
      url: source,
      line: instruction.line,
      at: (instruction.flags[0]?.start ?? instruction.restStart) - 1,
    }))
}

/** ADD lines of git repositories that do not say which commit. */
export function movingGit(
  needed: readonly DockerStage[],
  variant: DockerVariant,
  file: string,
): readonly Problem[] {
  return adds(needed, variant)
    .filter(({ source }) => isGit(source) && !/#[0-9a-f]{40}(:|$)/.test(source))
    .map(({ source, instruction }) => ({
      file,
      line: instruction.line,
      message: `ADD ${source} may be another commit tomorrow. Name one by its 40 digits, as in …git#<commit>.`,
    }))
}

function adds(
  needed: readonly DockerStage[],
  variant: DockerVariant,
): readonly { readonly source: string; readonly instruction: Instruction }[] {
  return needed.flatMap((stage) => {
    const found: { source: string; instruction: Instruction }[] = []
    eachWithVariables(stage, variant, (instruction, fill) => {
      if (instruction.keyword !== "ADD") return
      for (const word of sourcesOf(instruction)) {
        const source = fill(word.text)
        if (source !== undefined && isRemote(source)) found.push({ source, instruction })
      }
    })
    return found
  })
}

/** True for a source of ADD that is not in the build's context. */
export function isRemote(source: string): boolean {
  return /^https?:\/\//.test(source) || isGit(source)
}

function isGit(source: string): boolean {
  return /^(git@|git:\/\/|ssh:\/\/)/.test(source) || /^https?:\/\/[^#]+\.git(#|$)/.test(source)
}

function hasChecksum({ flags }: Instruction): boolean {
  return flags.some(({ text }) => text.startsWith("--checksum="))
}

/** What a COPY or ADD line copies: all its words but the last, and no here-documents. */
export function sourcesOf({ words }: Instruction): readonly DockerWord[] {
  return words.slice(0, -1).filter(({ text }) => !text.startsWith("<<"))
}

/** Goes through a stage with the variables that its lines have so far. */
export function eachWithVariables(
  { instructions, globals }: DockerStage,
  { args }: DockerVariant,
  visit: (instruction: Instruction, fill: (text: string) => string | undefined) => void,
): void {
  const variables = new Map<string, string | undefined>()
  for (const instruction of instructions) {
    if (instruction.keyword === "ARG") declare(instruction, variables, args, globals)
    if (instruction.keyword === "ENV") setEnvironment(instruction, variables)
    visit(instruction, (text) => expand(text, variables))
  }
}

function setEnvironment({ words, rest }: Instruction, variables: Map<string, string | undefined>): void {
  if (words[0]?.text.includes("=") !== true) {
    const [name = "", value = ""] = rest.split(/\s+(.*)/s)
    variables.set(name, expand(value, variables))
    return
  }
  for (const [, name = "", value = ""] of rest.matchAll(
    /([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*)/g,
  ))
    variables.set(name, expand(value.replace(/^(["'])(.*)\1$/s, "$2"), variables))
}
