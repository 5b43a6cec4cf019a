import { posix } from "node:path"
import { environmentNames, type EnvironmentName } from "../../ids.js"
import { isWithin } from "../../listing.js"
import type { ServiceManifest } from "../../manifest/service-manifest.js"
import type { Survey, SurveyRequest } from "../language.js"
import { contextUses } from "./context.js"
import { locateDocker } from "./locate.js"
import { parseDockerfile } from "./parse-dockerfile.js"
import { neededStages, stagesOf } from "./stages.js"

/** Reads the Dockerfile, what its context leaves out, and which files its lines name. */
export function surveyDocker({ manifest, folder, texts, paths }: SurveyRequest): Survey {
  const { file, context, ignoreFiles } = locateDocker(manifest, folder)
  if (file === undefined || context === undefined) return { reads: [] }
  const reads = [file, ...ignoreFiles]
  const lists = [context]
  const text = texts.get(file)
  const all = paths.get(context)
  if (text === undefined || all === undefined) return { reads, lists }
  const dockerfile = parseDockerfile(text)
  const uses = environmentNames.flatMap((environment) => {
    const variant = variantOf(manifest, environment)
    const needed = neededStages(stagesOf(dockerfile, variant), variant.target)
    return typeof needed === "string" ? [] : contextUses({ folder: context, paths: all }, needed, variant)
  })
  const isThere = (path: string): boolean => all.some((each) => isWithin(each, path))
  return {
    reads,
    lists,
    uses: [...new Set(uses)].filter(isThere).filter((path) => path !== posix.join(folder)),
  }
}

function variantOf({ args, environments, docker }: ServiceManifest, environment: EnvironmentName) {
  const target = docker?.targets?.[environment] ?? docker?.target
  return {
    args: { ...args, ...environments?.[environment]?.args },
    platform: "linux/amd64" as const,
    ...(target === undefined ? {} : { target }),
  }
}
