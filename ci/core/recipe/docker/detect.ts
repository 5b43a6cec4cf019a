import { environmentNames, type EnvironmentName } from "../../ids.js"
import type { ResolvedDocker } from "../../resolve/resolved-service.js"
import { failure, success } from "../../result.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import { dockerfileProblems } from "./check-dockerfile.js"
import { locateDocker } from "./locate.js"
import { imagesOf, urlsOf } from "./outside.js"
import { isPinnedImage } from "../own-images.js"
import { parseDockerfile } from "./parse-dockerfile.js"
import { neededStages, stagesOf } from "./stages.js"

/** Settings that a Dockerfile says itself. */
const foreign = [
  "version",
  "entrypoint",
  "packages",
  "builderPackages",
  "assets",
  "images",
  "writable",
] as const

/** Finds a service's Dockerfile and what it needs from outside. */
export function detectDocker(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const { manifest, folder, texts, environments, at } = request
  const { file, context, ignoreFiles } = locateDocker(manifest, folder)
  const unknown = foreign
    .filter((setting) => manifest[setting] !== undefined)
    .map((setting) =>
      at(setting, "is no setting of a docker service: its Dockerfile says that. Leave it out."),
    )
  if (unknown.length > 0) return failure(...unknown)
  if (file === undefined) return failure(at("docker", "file leads out of the repository."))
  if (context === undefined) return failure(at("docker", "context leads out of the repository."))
  const text = texts.get(file)
  if (text === undefined)
    return failure(at("language", `docker needs ${file}, and there is none. Add one, or set docker.file.`))
  const dockerfile = parseDockerfile(text)
  const broken = dockerfileProblems(file, dockerfile)
  if (broken.length > 0) return failure(...broken)
  const ignoreFile = ignoreFiles.find((each) => texts.has(each))
  const targets = targetsOf(manifest.docker)
  const variants = environmentNames.map((environment) => {
    const target = targets[environment]
    const { args } = environments[environment]
    return { args, platform: "linux/amd64" as const, ...(target === undefined ? {} : { target }) }
  })
  const found = variants.map((variant) => {
    const stages = stagesOf(dockerfile, variant)
    const needed = neededStages(stages, variant.target)
    if (typeof needed === "string") return { images: [], urls: [] }
    return { images: imagesOf(stages, needed), urls: urlsOf(needed, variant) }
  })
  const images = found.flatMap((each) => each.images.map(({ reference }) => reference))
  const docker: ResolvedDocker = {
    file,
    context,
    ...(ignoreFile === undefined ? {} : { ignoreFile }),
    targets,
    images: unique(images.filter((reference) => !isPinnedImage(reference))),
    urls: unique(found.flatMap((each) => each.urls.map(({ url }) => url))),
    ...(manifest.user === undefined ? {} : { user: manifest.user }),
    ...(manifest.stopSignal === undefined ? {} : { stopSignal: manifest.stopSignal }),
  }
  return success({ version: "", entrypoint: file, docker })
}

function targetsOf(
  docker: DetectRequest["manifest"]["docker"],
): Readonly<Partial<Record<EnvironmentName, string>>> {
  return Object.fromEntries(
    environmentNames.flatMap((environment) => {
      const target = docker?.targets?.[environment] ?? docker?.target
      return target === undefined ? [] : [[environment, target]]
    }),
  )
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort()
}
