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
import { openHome } from "../../engine/home.js"
import type { StageStore } from "../../ci/src/images/stage-store.js"
import type { ImageStore } from "./published.js"
import { registryAccount } from "./registry-access.js"
import { RegistryStages } from "./stage-store.js"

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
  /** Fail where a locked package is gone. */
  readonly frozen: boolean
  /** True for the engine whose state lies in our home. */
  readonly embeddedEngine: boolean
  /** Says what went wrong without failing a build. */
  readonly warn: (text: string) => void
  /** Where the engine's own progress goes, if anywhere. */
  readonly log?: Writable
}

/** Opens one session with the engine and hands out a builder for as long as `action` runs. */
export async function withEngine(
  scope: BuildScope,
  action: (build: TargetBuilder) => Promise<void>,
): Promise<void> {
  const work = mkdtempSync(join(scope.workFolder, "inputs-"))
  const stages = stagesOf(scope)
  try {
    await engineSession(async () => {
      await action((target, onStep) => buildAndPublish(target, onStep, { ...scope, work, stages }))
      await stages?.settle().catch((error: unknown) => scope.warn(unkept(error)))
    }, scope.log)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function buildAndPublish(
  target: Target,
  onStep: (stage: string, step: string) => void,
  {
    fleet,
    store,
    frozen,
    work,
    stages,
  }: BuildScope & { readonly work: string; readonly stages?: StageStore | undefined },
): Promise<TargetOutcome> {
  const staged = mkdtempSync(join(work, `${target.service}-`))
  await stageInputs(fleet.root, target.inputs, staged)
  const inputs = dag.host().directory(staged)
  const built = await buildTarget({
    ...{ target, inputs, frozen, limits: fleet.fleet.limits, onStep },
    ...(stages ? { store: stages } : {}),
  })
  onStep("publish", "push")
  const digest = await publishTarget(target, built, {
    ...destinationOf(target, store),
    ...(stages ? { stages } : {}),
  })
  return { digest, built }
}

/** Stages go where images go, if the engine can push there by itself. */
function stagesOf({ fleet, store, embeddedEngine }: BuildScope): RegistryStages | undefined {
  const { stages } = fleet.fleet
  if (stages === false || (store.insecure && !store.embedded)) return undefined
  const repository = [store.place.prefix, stages].filter(Boolean).join("/")
  const made = embeddedEngine ? join(openHome(process.env).state, "made-stages") : undefined
  return new RegistryStages(store, repository, made)
}

function unkept(error: unknown): string {
  const why = error instanceof Error ? error.message.split("\n")[0] : String(error)
  return `Stages could not be kept for other machines: ${why}. Set  stages: false  in slipway.yaml to do without.`
}

function destinationOf(target: Target, store: ImageStore): Destination {
  const { place, insecure } = store
  return {
    host: place.host,
    repository: repositoryOf(place, target.service),
    insecure,
    ...registryAccount(store),
  }
}
