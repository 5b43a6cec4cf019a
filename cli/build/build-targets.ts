import type { Writable } from "node:stream"
import { dag } from "@dagger.io/dagger"
import { mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { Target } from "../../ci/io/load-target.js"
import { repositoryOf } from "../../ci/io/registry/reference.js"
import { stageInputs } from "../../ci/io/stage-inputs.js"
import { buildTarget, type BuiltTarget } from "../../ci/src/pipeline/build-target.js"
import type { Destination } from "../../ci/src/pipeline/publish.js"
import { publishTarget } from "../../ci/src/pipeline/publish-target.js"
import { engineSession } from "../engine-session.js"
import type { OpenFleet } from "../fleet.js"
import type { ImageStore } from "./published.js"

/** What a built and published target came to. */
export interface TargetOutcome {
  readonly digest: string
  readonly built: BuiltTarget
}

/** Builds and publishes one target, telling each stage as it begins. */
export type TargetBuilder = (
  target: Target,
  onStep: (stage: string, step: string) => void,
) => Promise<TargetOutcome>

/** What {@link withEngine} works in. */
export interface BuildScope {
  readonly fleet: OpenFleet
  readonly store: ImageStore
  /** Folder for normalised inputs; emptied at the end. */
  readonly workFolder: string
  /** Where the engine's own progress goes, if anywhere. */
  readonly log?: Writable
}

/** Opens one session with the engine and hands out a builder for as long as `action` runs. */
export async function withEngine(
  scope: BuildScope,
  action: (build: TargetBuilder) => Promise<void>,
): Promise<void> {
  const work = mkdtempSync(join(scope.workFolder, "inputs-"))
  try {
    await engineSession(
      () => action((target, onStep) => buildAndPublish(target, onStep, scope, work)),
      scope.log,
    )
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function buildAndPublish(
  target: Target,
  onStep: (stage: string, step: string) => void,
  { fleet, store }: BuildScope,
  work: string,
): Promise<TargetOutcome> {
  const staged = mkdtempSync(join(work, `${target.service}-`))
  await stageInputs(fleet.root, target.inputs, staged)
  const inputs = dag.host().directory(staged)
  const built = await buildTarget({ target, inputs, limits: fleet.fleet.limits, onStep })
  onStep("publish", "push")
  const digest = await publishTarget(target, built, destinationOf(target, store))
  return { digest, built }
}

function destinationOf(target: Target, { place, insecure, credentials }: ImageStore): Destination {
  return {
    host: place.host,
    repository: repositoryOf(place, target.service),
    insecure,
    ...(credentials
      ? {
          username: credentials.username,
          password: dag.setSecret(`registry ${place.host}`, credentials.password),
        }
      : {}),
  }
}
