import type { Platform } from "../../ids.js"
import type { Problem } from "../../problem.js"
import { didYouMean } from "../../suggest.js"
import { expand, type DockerVariables } from "./expand.js"
import type { Dockerfile, Instruction } from "./parse-dockerfile.js"

/** One stage of a Dockerfile. */
export interface DockerStage {
  readonly index: number
  /** Lower-case; absent where it has none. */
  readonly name?: string
  /** What it begins with, its variables filled in; undefined where a variable has no value. */
  readonly base: string | undefined
  readonly from: Instruction
  readonly instructions: readonly Instruction[]
  /** Variables of its FROM line and, with their values there, those that its ARG lines take over. */
  readonly globals: DockerVariables
}

/** How a Dockerfile is built. */
export interface DockerVariant {
  readonly args: Readonly<Record<string, string>>
  readonly platform: Platform
  readonly target?: string
}

/** The stages of a Dockerfile in their order. */
export function stagesOf(
  { instructions }: Dockerfile,
  { args, platform }: DockerVariant,
): readonly DockerStage[] {
  const globals = new Map<string, string | undefined>(platformVariables(platform))
  const stages: { from: Instruction; instructions: Instruction[] }[] = []
  for (const instruction of instructions) {
    const last = stages.at(-1)
    if (instruction.keyword === "FROM") stages.push({ from: instruction, instructions: [] })
    else if (last !== undefined) last.instructions.push(instruction)
    else if (instruction.keyword === "ARG") declare(instruction, globals, args)
  }
  return stages.map(({ from, instructions: inner }, index) => {
    const [base, as, name] = from.words
    const isNamed = as?.text.toLowerCase() === "as" && name !== undefined
    return {
      index,
      ...(isNamed ? { name: name.text.toLowerCase() } : {}),
      base: base === undefined ? undefined : expand(base.text, globals),
      from,
      instructions: inner,
      globals,
    }
  })
}

/** The earlier stage of a name or number. */
export function earlierStage(
  stages: readonly DockerStage[],
  name: string,
  before: number,
): DockerStage | undefined {
  const named = stages.slice(0, before).filter((stage) => stage.name === name.toLowerCase())
  return named.at(-1) ?? (/^\d+$/.test(name) ? stages.slice(0, before)[Number(name)] : undefined)
}

/** The stages that a target needs, in their order; a text says why there is no such target. */
export function neededStages(
  stages: readonly DockerStage[],
  target: string | undefined,
): readonly DockerStage[] | string {
  const last = target === undefined ? stages.at(-1) : earlierStage(stages, target, stages.length)
  if (last === undefined) {
    const names = stages.flatMap(({ name }) => name ?? [])
    return target === undefined
      ? "has no FROM. Begin with one."
      : `has no stage ${target}.${didYouMean(target, names)} It has: ${names.join(", ") || "none with a name"}.`
  }
  const needed = new Set<DockerStage>([last])
  for (const stage of needed)
    for (const { name } of stageReferences(stage)) {
      const earlier = earlierStage(stages, name, stage.index)
      if (earlier !== undefined) needed.add(earlier)
    }
  return [...needed].sort((left, right) => left.index - right.index)
}

/** A stage or an image that a stage is made from, with the part of the text that names it. */
export interface StageReference {
  readonly name: string
  readonly line: number
  readonly start: number
  readonly end: number
}

/** What a stage is made from: its base, and what its COPY and RUN lines name in --from and from=. */
export function stageReferences({ base, from, instructions }: DockerStage): readonly StageReference[] {
  const [word] = from.words
  const own =
    word === undefined || base === undefined
      ? []
      : [{ name: base, line: from.line, start: word.start, end: word.end }]
  return [
    ...own,
    ...instructions.flatMap((instruction) =>
      instruction.flags.flatMap((flag) => reference(flag, instruction)),
    ),
  ]
}

function reference(
  { text, start }: Instruction["flags"][number],
  { keyword, line }: Instruction,
): readonly StageReference[] {
  const [before, name] =
    /^(--from=)(.+)$/.exec(text)?.slice(1) ?? /^(--mount=(?:.*,)?from=)([^,]+)/.exec(text)?.slice(1) ?? []
  if (before === undefined || name === undefined) return []
  const fits = before.startsWith("--mount") ? keyword === "RUN" : keyword === "COPY"
  const at = start + before.length
  return fits ? [{ name, line, start: at, end: at + name.length }] : []
}

/** Takes an ARG line over into variables: given values win over defaults. */
export function declare(
  { words }: Instruction,
  variables: Map<string, string | undefined>,
  args: Readonly<Record<string, string>>,
  globals?: DockerVariables,
): void {
  for (const { text } of words) {
    const [name = "", fallback] = text.split(/=(.*)/s)
    const value = fallback === undefined ? globals?.get(name) : expand(unquoted(fallback), variables)
    variables.set(name, args[name] ?? value)
  }
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, "$2")
}

function platformVariables(platform: Platform): readonly (readonly [string, string])[] {
  const [os = "", architecture = ""] = platform.split("/")
  return ["TARGET", "BUILD"].flatMap((prefix): (readonly [string, string])[] => [
    [`${prefix}PLATFORM`, platform],
    [`${prefix}OS`, os],
    [`${prefix}ARCH`, architecture],
    [`${prefix}VARIANT`, ""],
  ])
}

/** FROM lines whose base has a variable without a value. */
export function unknownBases(stages: readonly DockerStage[], file: string): readonly Problem[] {
  return stages
    .filter(({ base }) => base === undefined || base === "")
    .map(({ from }) => ({
      file,
      line: from.line,
      message: `${from.words[0]?.text ?? "FROM"} has a variable without a value. Give it a default, or name it in the service's args.`,
    }))
}
