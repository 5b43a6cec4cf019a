import { publishMissing } from "../build/publish-missing.js"
import type { CommandRun } from "../commands.js"
import { reachEngine } from "../engine-access.js"
import { environmentOf, openFleet, pickServices } from "../fleet.js"
import { letFinish } from "../interruption.js"
import { say } from "../output/terminal.js"
import { terminalOf } from "../terminal-of.js"
import { pickDoor } from "../up/door.js"
import { localPort } from "../up/free-port.js"
import { mentionsIn, neededNames, withNeeded, wrongPorts } from "../up/neighbours.js"
import { exitCodes } from "../user-error.js"

/** `slipway up [SERVICE …]`: runs the published images together until Ctrl-C, the front door on a local port. */
export async function up(it: CommandRun): Promise<number> {
  const { options, words, project, signal } = it
  const terminal = terminalOf(options)
  const fleet = await openFleet(options, "nothing was started")
  const environment = environmentOf(options, fleet)
  const named = pickServices(fleet, words).map(({ name }) => name)
  const broken = fleet.unresolved.map(({ name }) => name)
  pickServices(fleet, neededNames(named, mentionsIn(fleet.services, environment, broken)))
  const mentions = mentionsIn(fleet.services, environment)
  const services = withNeeded(named, fleet.services, mentions)
  const asked = options.door ?? (words.length === 0 ? fleet.fleet.up?.door : undefined)
  const door = pickDoor(services, mentions, asked)
  const port = await localPort(options.port, door.port)
  const { reports, targets, store } = await publishMissing(
    it,
    fleet,
    services.map(({ name }) => name),
  )
  if (reports.some(({ status }) => status === "failed")) return exitCodes.failed
  for (const warning of wrongPorts(services, mentions)) say(terminal, `Note: ${warning}.`)
  Object.assign(process.env, (await reachEngine(project, terminal)).variables)
  const digests = new Map(reports.map(({ service, digest }) => [service, digest ?? ""]))
  const { runFleet } = await import("../up/run-fleet.js")
  await letFinish(runFleet({ targets, digests, store, mentions, door, port, terminal, signal }))
  return exitCodes.done
}
