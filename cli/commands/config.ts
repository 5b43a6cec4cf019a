import { stringify } from "yaml"
import { namesOfAll } from "../../ci/core/resolve/unresolved.js"
import type { CommandRun } from "../commands.js"
import { openFleet, pickServices } from "../fleet.js"
import { exitCodes, UserError } from "../user-error.js"

/** `slipway config SERVICE`: the resolved manifest, as YAML for people or as JSON. */
export async function config({ words, options }: CommandRun): Promise<number> {
  const fleet = await openFleet(options, "nothing is shown")
  const [name] = words
  if (name === undefined) {
    throw new UserError(`config needs the name of a service: ${namesOfAll(fleet).join(", ")}.`)
  }
  const [service] = pickServices(fleet, [name])
  process.stdout.write(
    options.json === true ? `${JSON.stringify(service, undefined, 2)}\n` : stringify(service),
  )
  return exitCodes.done
}
