import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { addToLock, emptyLock } from "../../ci/core/lock/add-to-lock.js"
import { builtInLock } from "../../ci/core/lock/built-in.js"
import { allNeeds, isPinned, missingNeeds } from "../../ci/core/lock/lock-needs.js"
import { ownNeeds } from "../../ci/core/lock/own-needs.js"
import { parseLock, renderLock } from "../../ci/core/lock/parse-lock.js"
import { lockFile } from "../../ci/io/load-fleet.js"
import { pin } from "../../ci/src/pipeline/lock.js"
import { StepFailure } from "../../ci/src/images/step-failure.js"
import type { CommandRun } from "../commands.js"
import { reachEngine } from "../engine-access.js"
import { engineSession } from "../engine-session.js"
import { openFleet } from "../fleet.js"
import { say } from "../output/terminal.js"
import { terminalOf } from "../terminal-of.js"
import { exitCodes, UserError } from "../user-error.js"

/** `slipway lock`: adds what services need from outside and no lock pins yet; what is pinned stays as it is. */
export async function lock({ project, options }: CommandRun): Promise<number> {
  const terminal = terminalOf(options)
  const own = options.own === true
  const fleet = own ? undefined : await openFleet(options)
  const platform = fleet?.fleet.defaults.platform ?? "linux/amd64"
  const needs = missingNeeds(
    fleet ? allNeeds(fleet.services) : ownNeeds,
    fleet?.lock ?? builtInLock,
    platform,
  )
  if (isPinned(needs)) {
    say(terminal, "Everything that the services need from outside is pinned already")
    return exitCodes.done
  }
  const { variables } = await reachEngine(project, terminal)
  Object.assign(process.env, variables)
  const file = fleet ? join(fleet.root, lockFile) : join(project, "ci/core/lock/built-in.json")
  const held = existsSync(file) ? parseLock(readFileSync(file, "utf8"), file) : undefined
  await engineSession(
    async () => {
      const entries = await pinned(needs, platform, (what) => say(terminal, `pinning ${what}`))
      const text = renderLock(addToLock(held?.ok ? held.value : emptyLock, entries))
      writeFileSync(`${file}.new`, text)
      renameSync(`${file}.new`, file)
    },
    options.verbose === true ? process.stderr : undefined,
  )
  say(terminal, `${relative(process.cwd(), file)} is written. Commit it with your change.`)
  return exitCodes.done
}

async function pinned(...args: Parameters<typeof pin>): ReturnType<typeof pin> {
  try {
    return await pin(...args)
  } catch (error) {
    if (error instanceof StepFailure) {
      throw new UserError(`${error.place.step} could not be pinned:\n${error.output}`, exitCodes.failed)
    }
    throw error
  }
}
