import { mkdirSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { compiledBinaries } from "../../engine/binaries.js"
import { chooseEngine } from "../../engine/choose.js"
import { startRegistryAlone } from "../../engine/engine.js"
import { openHome } from "../../engine/home.js"
import { sourcesOf } from "../../engine/sources.js"
import { fleetManifest } from "../../ci/core/manifest/fleet-manifest.js"
import type { Target } from "../../ci/io/load-target.js"
import { openImageStore, findPublished, type ImageStore } from "../build/published.js"
import type { BuildReport, TargetReport } from "../build/report.js"
import { skippedReport } from "../build/target-report.js"
import type { CommandRun } from "../commands.js"
import { reachEngine } from "../engine-access.js"
import { openFleet, planTargets, type OpenFleet } from "../fleet.js"
import { letFinish } from "../interruption.js"
import { duration } from "../output/format.js"
import { say, type Terminal } from "../output/terminal.js"
import { terminalOf } from "../terminal-of.js"
import { exitCodes, UserError } from "../user-error.js"
import { slipwayVersion } from "./version.js"

/** `slipway build [SERVICE …]`: builds what no registry holds yet; with nothing to do, without any engine. */
export async function build(it: CommandRun): Promise<number> {
  const { options, words, started, project } = it
  const terminal = terminalOf(options)
  const parallel = parallelOf(options.parallel)
  const fleet = await openFleet(options)
  const targets = await planTargets(fleet, words, options)
  const store = await storeOf(it, fleet, terminal)
  const found = await Promise.all(targets.map((target) => findPublished(target, store)))
  const missing = targets.filter((_, index) => !found[index])
  const skipped = targets.flatMap((target, index) => {
    const image = found[index]
    return image ? [skippedReport(target, image, store)] : []
  })
  const seconds = () => (performance.now() - started) / 1000
  if (missing.length === 0) {
    say(
      terminal,
      `Everything is published: ${targets.length} of ${targets.length} targets (${duration(seconds())}, engine not needed)`,
    )
    return finish({ version: 1, targets: skipped, seconds: seconds() }, options.json === true)
  }
  say(terminal, headline(project, fleet, targets, store))
  const access = await reachEngine(project, terminal)
  Object.assign(process.env, access.variables)
  const { runBuilds } = await import("../build/run-builds.js")
  const workFolder = join(fleet.root, ".slipway")
  mkdirSync(workFolder, { recursive: true })
  const run = runBuilds({
    ...{ fleet, store, terminal, workFolder, targets: missing, skipped: skipped.length, signal: it.signal },
    frozen: options.frozen === true,
    embeddedEngine: access.kind === "embedded",
    parallel: parallel ?? fleet.fleet.limits.parallel ?? Math.max(1, availableParallelism()),
  })
  const reports = await letFinish(run)
  const all = [...skipped, ...reports].sort((left, right) => (left.service < right.service ? -1 : 1))
  return finish({ version: 1, targets: all, seconds: seconds() }, options.json === true)
}

/** The registry of the options, else of the fleet, else the embedded one, which is started by itself if it can be. */
async function storeOf(
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

function finish(report: BuildReport, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
  return report.targets.some(isFailed) ? exitCodes.failed : exitCodes.done
}

function isFailed(target: TargetReport): boolean {
  return target.status === "failed"
}
