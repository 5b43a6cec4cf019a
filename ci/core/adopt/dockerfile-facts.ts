import { posix } from "node:path"
import { foldersAbove } from "../recipe/go/workspace.js"
import { expand } from "../recipe/docker/expand.js"
import { isRemote, eachWithVariables, sourcesOf } from "../recipe/docker/outside.js"
import { parseDockerfile } from "../recipe/docker/parse-dockerfile.js"
import { earlierStage, neededStages, stagesOf, type DockerStage } from "../recipe/docker/stages.js"
import type { Told } from "./proposal.js"
import type { RepositoryView } from "./view.js"

/** What a Dockerfile says of the service that it builds. */
export interface DockerfileFacts {
  /** Seen from the service's folder. */
  readonly file: string
  /** The folder that its COPY lines mean, seen from the service's. */
  readonly context: string
  readonly port?: Told<number>
  /** Program and arguments; absent where a shell makes something of them. */
  readonly command?: readonly string[]
  /** The path of a URL that its HEALTHCHECK asks for. */
  readonly health?: string
}

const variant = { args: {}, platform: "linux/amd64" } as const

/** Reads the Dockerfile of a folder: `Dockerfile`, `Containerfile`, or the only one of another name. */
export function dockerfileIn(folder: string, view: RepositoryView): DockerfileFacts | undefined {
  const file = dockerfileName(folder, view)
  const text = file === undefined ? undefined : view.text(posix.join(folder, file))
  if (file === undefined) return undefined
  const dockerfile = parseDockerfile(text ?? "")
  const stages = stagesOf(dockerfile, variant)
  const needed = neededStages(stages, undefined)
  const chain = finalChain(stages)
  const port = portOf(chain, file)
  const command = commandOf(chain, port?.value)
  const health = healthOf(chain)
  return {
    file,
    context: typeof needed === "string" ? "." : contextOf(folder, needed, view),
    ...(port === undefined ? {} : { port }),
    ...(command === undefined ? {} : { command }),
    ...(health === undefined ? {} : { health }),
  }
}

function dockerfileName(folder: string, view: RepositoryView): string | undefined {
  const usual = view.first(folder, ["Dockerfile", "Containerfile"])
  if (usual !== undefined) return usual
  const others = view
    .namesIn(folder)
    .filter((name) => /^Dockerfile\.[\w-]+$|^[\w-]+\.Dockerfile$/.test(name))
    .filter((name) => !/\.(dockerignore|dev|debug|test|ci|windows|md)\b/i.test(name))
  return others.length === 1 ? others[0] : undefined
}

/** The last stage and the stages that it is based on, the first one first: what they set holds for the image. */
function finalChain(stages: readonly DockerStage[]): readonly DockerStage[] {
  const chain: DockerStage[] = []
  for (
    let stage = stages.at(-1);
    stage !== undefined;
    stage = earlierStage(stages, stage.base ?? "", stage.index)
  )
    chain.unshift(stage)
  return chain
}

function portOf(chain: readonly DockerStage[], file: string): Told<number> | undefined {
  const exposed = new Set<number>()
  const variables = new Set<number>()
  for (const stage of chain)
    eachWithVariables(stage, variant, ({ keyword, words, rest }, fill) => {
      const numbers = (text: string) =>
        [Number(/^(\d+)(\/tcp)?$/.exec(fill(text) ?? "")?.[1])].filter(Boolean)
      if (keyword === "EXPOSE")
        for (const { text } of words) numbers(text).forEach((each) => exposed.add(each))
      const [, value] = (keyword === "ENV" && /(?:^|\s)PORT[=\s]\s*["']?(\d+)/.exec(rest)) || []
      if (value !== undefined) variables.add(Number(value))
    })
  const [variable] = variables
  if (variable !== undefined && variables.size === 1) return { value: variable, from: `ENV PORT in ${file}` }
  const [only] = exposed
  return only !== undefined && exposed.size === 1 ? { value: only, from: `EXPOSE in ${file}` } : undefined
}

/** What ENTRYPOINT and CMD of the last stages run, where it needs no shell. */
function commandOf(chain: readonly DockerStage[], port: number | undefined): readonly string[] | undefined {
  const last = { ENTRYPOINT: [] as readonly string[] | undefined, CMD: [] as readonly string[] | undefined }
  for (const { instructions } of chain)
    for (const { keyword, isJson, words, rest } of instructions)
      if (keyword === "ENTRYPOINT" || keyword === "CMD")
        last[keyword] = isJson ? words.map(({ text }) => text) : plainWords(rest, port)
  const { ENTRYPOINT: entrypoint, CMD: arguments_ } = last
  if (entrypoint === undefined || arguments_ === undefined) return undefined
  const [program, option, text, ...more] = [...entrypoint, ...arguments_]
  if (/^(\/bin\/)?(ba)?sh$/.test(program ?? ""))
    return option === "-c" && text !== undefined && more.length === 0 ? plainWords(text, port) : undefined
  const all = [...entrypoint, ...arguments_]
  return all.length === 0 || all.some((word) => word.includes("$")) ? undefined : all
}

/** The words of a command that needs nothing of a shell but the variable PORT; undefined for all others. */
export function plainWords(text: string, port: number | undefined): readonly string[] | undefined {
  const variables = new Map([["PORT", port === undefined ? undefined : String(port)]])
  const filled = expand(text.trim(), variables)
  if (filled === undefined || /[|&;<>()`"'*?]/.test(filled)) return undefined
  const words = filled.split(/\s+/)
  return words[0] === "exec" ? words.slice(1) : words
}

function healthOf(chain: readonly DockerStage[]): string | undefined {
  const checks = chain.flatMap(({ instructions }) =>
    instructions.filter(({ keyword }) => keyword === "HEALTHCHECK").map(({ rest }) => rest),
  )
  return /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::[\w${}:-]+)?(\/[\w./-]*)/.exec(
    checks.at(-1) ?? "",
  )?.[1]
}

/** The folder, from the Dockerfile's upwards, that holds most of what is copied; the nearest of those. */
function contextOf(folder: string, needed: readonly DockerStage[], view: RepositoryView): string {
  const copied = needed.flatMap((stage) => copiedFrom(stage))
  const held = (context: string) => copied.filter((path) => holds(view, posix.join(context, path))).length
  const [best = folder] = foldersAbove(folder)
    .map((context) => ({ context, count: held(context) }))
    .sort((left, right) => right.count - left.count)
    .map(({ context }) => context)
  return posix.relative(folder, best) || "."
}

/** Paths in the context that a stage copies, as far as they can be told without globs. */
function copiedFrom(stage: DockerStage): readonly string[] {
  const found: string[] = []
  eachWithVariables(stage, variant, (instruction, fill) => {
    if (!["COPY", "ADD"].includes(instruction.keyword)) return
    if (instruction.flags.some(({ text }) => text.startsWith("--from="))) return
    for (const { text } of sourcesOf(instruction)) {
      const path = fill(text)
      if (path !== undefined && !isRemote(path) && !/[*?[]/.test(path))
        found.push(path.replace(/^\/+/, "") || ".")
    }
  })
  return found
}

function holds(view: RepositoryView, path: string): boolean {
  return path === "." || view.has(path.replace(/\/$/, "")) || view.within(path.replace(/\/$/, "")).length > 0
}
