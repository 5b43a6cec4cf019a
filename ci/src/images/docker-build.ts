import type { Container, Directory, Platform as EnginePlatform } from "@dagger.io/dagger"
import type { Platform } from "../../core/ids.js"
import type { Step } from "../../core/recipe/steps.js"

type DockerStep = Extract<Step, { readonly do: "dockerBuild" }>

/** Builds a Dockerfile by the engine's own frontend. */
export function dockerBuild(
  { context, file, text, args, target }: DockerStep,
  inputs: Directory,
  platform: Platform,
): Container {
  const folder = context === "." ? inputs : inputs.directory(context)
  return folder.withNewFile(file, text, { permissions: 0o644 }).dockerBuild({
    dockerfile: file,
    platform: platform as string as EnginePlatform,
    buildArgs: Object.entries(args).map(([name, value]) => ({ name, value })),
    ...(target === undefined ? {} : { target }),
  })
}
