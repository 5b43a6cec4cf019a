import { dag, type Container, type Directory, type Platform as EnginePlatform } from "@dagger.io/dagger"
import type { Platform } from "../../core/ids.js"
import { failedRun } from "../../core/recipe/docker/run-log.js"
import type { Step } from "../../core/recipe/steps.js"
import { withNamedFiles } from "./named-files.js"
import { isConnectionLost, StepFailure, withoutTrace, type StepPlace } from "./step-failure.js"

type DockerStep = Extract<Step, { readonly do: "dockerBuild" }>

type Build = Omit<DockerStep, "target"> & { readonly target?: string | undefined }

/** Builds a Dockerfile by the engine's own frontend. Only describes. */
export function dockerBuild(
  { context, file, text, args, target, files }: Build,
  inputs: Directory,
  platform: Platform,
): Container {
  const seen = files === undefined ? inputs : withNamedFiles(dag.directory(), { files, inputs, to: "." })
  // A Dockerfile that copies nothing has no inputs.
  const folder = context === "." ? seen : seen.withNewDirectory(context).directory(context)
  return folder.withNewFile(file, text, { permissions: 0o644 }).dockerBuild({
    dockerfile: file,
    platform: platform as string as EnginePlatform,
    buildArgs: Object.entries(args).map(([name, value]) => ({ name, value })),
    ...(target === undefined ? {} : { target }),
  })
}

/**
 * What failed in a Dockerfile: its line, the command and what that printed, as far as it can be had. The error itself
 * where it was no Dockerfile's.
 */
export async function dockerFailure(
  error: unknown,
  step: DockerStep,
  { inputs, platform, place }: { inputs: Directory; platform: Platform; place: StepPlace },
): Promise<unknown> {
  if (isConnectionLost(error)) return error
  const message = withoutTrace(error instanceof Error ? error.message : String(error))
  const [, quoted, code] =
    /process ("(?:[^"\\]|\\.)*") did not complete successfully: exit code: (\d+)/.exec(message) ?? []
  const failed = quoted === undefined ? undefined : failedRun(step.text, unquoted(quoted))
  if (failed === undefined) return new StepFailure(place, Number(code ?? 1), message, { cause: error })
  const { logDockerfile: text, line, command } = failed
  const log = text === undefined ? "" : await printed({ ...step, text, target: undefined }, inputs, platform)
  const where = { ...place, step: `${step.source} line ${line}: RUN ${command}` }
  return new StepFailure(where, Number(code), log === "" ? message : log, { cause: error })
}

async function printed(step: Build, inputs: Directory, platform: Platform): Promise<string> {
  try {
    return (await dockerBuild(step, inputs, platform).rootfs().file("log").contents()).trimEnd()
  } catch {
    return ""
  }
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string
  } catch {
    return text.slice(1, -1)
  }
}
