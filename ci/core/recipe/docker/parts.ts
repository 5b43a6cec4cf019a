import { isWithin, pathWithin } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { failure, success } from "../../result.js"
import type { LanguageParts, LanguageRecipe, RecipeRequest } from "../language.js"
import { contextReach } from "./context.js"
import { imagesOf, movingGit, urlsOf } from "./outside.js"
import { didYouMean } from "../../suggest.js"
import { isPinnedImage } from "../own-images.js"
import type { Step } from "../steps.js"
import { beforeSources } from "./before-sources.js"
import { noCommand } from "./check-dockerfile.js"
import { firstLines, heldLines } from "./held-lines.js"
import { parseDockerfile, type Dockerfile } from "./parse-dockerfile.js"
import { neededStages, stagesOf, unknownBases, type DockerStage, type DockerVariant } from "./stages.js"

/** The one stage of a Dockerfile service: the engine's own Dockerfile frontend, given a text in which all is pinned. */
export function dockerParts(request: RecipeRequest): ReturnType<LanguageRecipe["parts"]> {
  const { service, environment, platform, inputs, texts } = request
  const { docker } = service
  const text = docker === undefined ? undefined : texts.get(docker.file)
  if (docker === undefined || text === undefined) throw new Error(`${service.name} has no Dockerfile`)
  const dockerfile = parseDockerfile(text)
  const target = docker.targets[environment]
  const { args } = service.environments[environment]
  const variant = { args, platform, ...(target === undefined ? {} : { target }) }
  const stages = stagesOf(dockerfile, variant)
  const needed = neededStages(stages, target)
  if (typeof needed === "string") return failure({ file: docker.file, message: needed })
  const ignore = docker.ignoreFile === undefined ? undefined : texts.get(docker.ignoreFile)
  const context = {
    folder: docker.context,
    file: docker.file,
    paths: inputs.map(({ path }) => path).filter((path) => path !== service.file),
    ...(docker.ignoreFile === undefined || ignore === undefined
      ? {}
      : { ignore: { file: docker.ignoreFile, text: ignore } }),
  }
  const reach = contextReach(context, needed, variant)
  const pinned = pinnedText(request, { dockerfile, stages, needed, variant })
  const problems = [
    ...foreignSyntax(dockerfile, docker.file),
    ...unknownBases(needed, docker.file),
    ...movingGit(needed, variant, docker.file),
    ...pinned.problems,
    ...reach.problems,
    ...(service.health === undefined || service.command !== undefined
      ? []
      : noCommand(docker.file, stages, needed.at(-1))),
  ]
  if (problems.length > 0) return failure(...problems)
  const build = (upTo: string): DockerBuild => ({
    do: "dockerBuild",
    context: docker.context,
    file: isWithin(docker.file, docker.context) ? pathWithin(docker.file, docker.context) : outerName,
    source: docker.file,
    text: upTo,
    images: pinned.images.filter((image) => upTo.includes(image)),
    args: declaredArgs(parseDockerfile(upTo), args),
  })
  const parts = beforeSources({ stages, needed, variant, context }).map((part) => ({
    held: heldLines(part, text),
    files: part.files,
  }))
  return success({
    stages: [
      ...parts.map(({ held, files }) => ({
        name: held.stage,
        place: "builder",
        steps: [{ ...build(firstLines(pinned.text, held.last)), files }],
      })),
      {
        name: "builder",
        steps: [
          {
            ...build(pinned.text),
            ...(target === undefined ? {} : { target }),
            held: parts.map(({ held }) => held),
          },
        ],
      },
    ],
    layers: [{ name: "rootfs", stage: "builder", path: "/" }],
    entrypoint: [],
    variables: {},
    keeps: new Set(reach.files),
    inherits: "builder",
  } satisfies LanguageParts)
}

type DockerBuild = Extract<Step, { readonly do: "dockerBuild" }>

/** Name in the context of a Dockerfile that lies outside of it. */
const outerName = ".slipway.Dockerfile"

interface Understood {
  readonly dockerfile: Dockerfile
  readonly stages: readonly DockerStage[]
  readonly needed: readonly DockerStage[]
  readonly variant: DockerVariant
}

/** The Dockerfile with digests behind its images, checksums behind what it fetches and the engine's own syntax. */
function pinnedText(
  { service, platform, lock }: RecipeRequest,
  { dockerfile, stages, needed, variant }: Understood,
): { readonly text: string; readonly images: readonly string[]; readonly problems: readonly Problem[] } {
  const file = service.docker?.file ?? ""
  const problems: Problem[] = []
  const locked = new Set<string>()
  const edits: { start: number; end: number; text: string }[] = []
  const names = stages.flatMap(({ name }) => name ?? [])
  const notLocked = (what: string, line: number): void => {
    const stage = didYouMean(what, names)
    problems.push({
      file,
      line,
      message: `${what} for ${platform} is not in slipway.lock${stage === "" ? "" : ", nor is it a stage"}. Run ./slipway lock.${stage}`,
    })
  }
  for (const { reference, line, start, end } of imagesOf(stages, needed)) {
    const digest = lock.images[reference]?.[platform]
    if (isPinnedImage(reference)) edits.push({ start, end, text: reference })
    else if (digest === undefined) notLocked(reference, line)
    else {
      locked.add(`${reference}@${digest}`)
      edits.push({ start, end, text: `${reference}@${digest}` })
    }
  }
  for (const { url, line, at } of urlsOf(needed, variant)) {
    const sha256 = lock.urls[url]
    if (sha256 === undefined) notLocked(url, line)
    else edits.push({ start: at, end: at, text: ` --checksum=sha256:${sha256}` })
  }
  const syntax = dockerfile.directives.get("syntax")
  if (syntax !== undefined) edits.push({ ...syntax, text: "# syntax: the engine's own" })
  const last = [...edits].sort((left, right) => right.start - left.start)
  const images = [...locked].sort()
  const text = last.reduce(
    (all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end),
    dockerfile.text,
  )
  return { text, images, problems }
}

/** Dockerfiles of another frontend than Docker's cannot be read, nor built without it. */
function foreignSyntax({ directives }: Dockerfile, file: string): readonly Problem[] {
  const { value } = directives.get("syntax") ?? {}
  if (value === undefined || /^(docker\.io\/)?docker\/dockerfile(-upstream)?(:|@|$)/.test(value)) return []
  return [
    {
      file,
      line: 1,
      message: `# syntax=${value} is not Docker's own, docker/dockerfile:1. Leave the line out.`,
    },
  ]
}

/** The arguments that the Dockerfile asks for: others cannot reach the image. */
function declaredArgs(
  { instructions }: Dockerfile,
  args: Readonly<Record<string, string>>,
): Record<string, string> {
  const declared = instructions
    .filter(({ keyword }) => keyword === "ARG")
    .flatMap(({ words }) => words.map(({ text }) => text.split("=")[0]))
  return Object.fromEntries(Object.entries(args).filter(([name]) => declared.includes(name)))
}
