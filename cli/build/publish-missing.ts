import { availableParallelism } from "node:os"
import { compiledBinaries } from "../../engine/binaries.js"
import { chooseEngine } from "../../engine/choose.js"
import { startRegistryAlone } from "../../engine/engine.js"
import { openHome } from "../../engine/home.js"
import { sourcesOf } from "../../engine/sources.js"
import { fleetManifest } from "../../ci/core/manifest/fleet-manifest.js"
import type { Target } from "../../ci/io/load-target.js"
import type { CommandRun } from "../commands.js"
import { slipwayVersion } from "../commands/version.js"
import { reachEngine } from "../engine-access.js"
import { planTargets, type OpenFleet } from "../fleet.js"
import { letFinish } from "../interruption.js"
import { workFolder } from "./work-folder.js"
import { say, type Terminal } from "../output/terminal.js"
import { terminalOf } from "../terminal-of.js"
import { UserError } from "../user-error.js"
import { findPublished, openImageStore, type ImageStore } from "./published.js"
import type { TargetReport } from "./report.js"
import { skippedReport } from "./target-report.js"

/** What became of the wanted targets. */
export interface PublishedTargets {
  readonly targets: readonly Target[]
  readonly store: ImageStore
  /** One for each target, sorted by service. */
  readonly reports: readonly TargetReport[]
  /** How many were not published yet. */
  readonly missing: number
}

/** Publishes the named services, all when none is named: builds what no registry holds yet, and only then needs an engine. */
export async function publishMissing(
  it: CommandRun,
  fleet: OpenFleet,
  names: readonly string[],
): Promise<PublishedTargets> {
  const { options, project } = it
  const terminal = terminalOf(options)
  const parallel = parallelOf(options.parallel)
  const targets = await planTargets(fleet, names, options)
  const store = await storeOf(it, fleet, terminal)
  const found = await Promise.all(targets.map((target) => findPublished(target, store)))
  const missing = targets.filter((_, index) => !found[index])
  const skipped = targets.flatMap((target, index) => {
    const image = found[index]
    return image ? [skippedReport(target, image, store)] : []
  })
  if (missing.length === 0) return { targets, store, reports: skipped, missing: 0 }
  say(terminal, headline(project, fleet, targets, store))
  const access = await reachEngine(project, terminal)
  Object.assign(process.env, access.variables)
  const { runBuilds } = await import("./run-builds.js")
  const run = runBuilds({
    ...{
      fleet,
      store,
      terminal,
      workFolder: workFolder(fleet.root),
      targets: missing,
      skipped: skipped.length,
      signal: it.signal,
    },
    frozen: options.frozen === true,
    embeddedEngine: access.kind === "embedded",
    parallel: parallel ?? fleet.fleet.limits.parallel ?? Math.max(1, availableParallelism()),
  })
  const built = await letFinish(run)
  const reports = [...skipped, ...built].sort((left, right) => (left.service < right.service ? -1 : 1))
  return { targets, store, reports, missing: missing.length }
}

/** The registry of the options, else of the fleet, else the embedded one, which is started by itself if it can be. */
export async function storeOf(
  { options, project }: CommandRun,
  fleet: OpenFleet,
  terminal: Terminal,
): Promise<ImageStore> {
  const named = options.registry ?? fleet.fleet.registry
  const embedded = process.env["SLIPWAY_REGISTRY"]
  if (named !== undefined) return openImageStore(checked(named), named === embedded)
  const home = openHome(process.env)
  const compiled = await compiledBinaries(home, sourcesOf(project))
  if (compiled !== undefined) {
    return openImageStore(await startRegistryAlone(home, compiled), true)
  }
  if (embedded !== undefined) return openImageStore(embedded, true)
  if ((await chooseEngine(process.env)).kind !== "embedded") {
    throw new UserError(
      "No registry is named. Add  registry: HOST/PATH  to slipway.yaml, or pass --registry HOST/PATH.",
    )
  }
  const { registry = "" } = await reachEngine(project, terminal)
  return openImageStore(registry, true)
}

/** A registry named on the command line keeps to the same rule as one in slipway.yaml. */
function checked(registry: string): string {
  const { error } = fleetManifest.shape.registry.safeParse(registry)
  if (error) throw new UserError(`--registry ${registry}: ${error.issues[0]?.message ?? "is no registry."}`)
  return registry
}

function headline(project: string, fleet: OpenFleet, targets: readonly Target[], store: ImageStore): string {
  const environments = [...new Set(targets.map((target) => target.environment))].join(", ")
  const count =
    targets.length === fleet.services.length
      ? `${targets.length} service${targets.length === 1 ? "" : "s"}`
      : `${targets.length} of ${fleet.services.length} services`
  return `Slipway ${slipwayVersion(project)} · ${count} · ${environments} · registry ${store.address}${store.embedded ? " (embedded)" : ""}`
}

function parallelOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new UserError(`--parallel ${text}: a number from 1 to 999 is needed.`)
}
