import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { addToLock, emptyLock } from "../../ci/core/lock/add-to-lock.js"
import type { Platform } from "../../ci/core/ids.js"
import { allNeeds, isPinned, missingNeeds, type LockNeeds } from "../../ci/core/lock/lock-needs.js"
import type { Lock } from "../../ci/core/lock/lock.js"
import { mergeLocks } from "../../ci/core/lock/merge-locks.js"
import { ownNeeds } from "../../ci/core/lock/own-needs.js"
import { parseLock, renderLock } from "../../ci/core/lock/parse-lock.js"
import {
  chosenNeeds,
  lockChanges,
  namesOf,
  unknownNeed,
  withoutNeeds,
} from "../../ci/core/lock/update-lock.js"
import { lockFile } from "../../ci/io/load-fleet.js"
import { pin } from "../../ci/src/pipeline/lock.js"
import { StepFailure } from "../../ci/src/images/step-failure.js"
import type { CommandRun } from "../commands.js"
import { reachEngine } from "../engine-access.js"
import { engineSession } from "../engine-session.js"
import { openFleet } from "../fleet.js"
import { say, type Terminal } from "../output/terminal.js"
import { terminalOf } from "../terminal-of.js"
import { exitCodes, UserError } from "../user-error.js"

/**
 * `slipway lock`: adds what services need from outside and no lock pins yet; what is pinned stays as it is. With
 * `--update`, what is named, or everything, is pinned anew; with `--check`, nothing is written.
 */
export async function lock(it: CommandRun): Promise<number> {
  const { options, words } = it
  const terminal = terminalOf(options)
  const { needs, base, platform, file } = await scopeOf(it)
  if (words.length > 0 && options.update !== true)
    throw new UserError(`lock takes names only with --update, but got: ${words.join(" ")}`)
  const unknown = unknownNeed(needs, words)
  if (unknown !== undefined) throw new UserError(unknown)
  const missing = missingNeeds(needs, base, platform)
  if (options.check === true) return check(missing, platform, terminal)
  const wanted = options.update === true ? chosenNeeds(needs, words) : missing
  if (isPinned(wanted)) {
    say(terminal, "Everything that the services need from outside is pinned already")
    return exitCodes.done
  }
  const held = readLock(file)
  const entries = await askOutside(it, wanted, platform)
  const updated = addToLock(options.update === true ? withoutNeeds(held, wanted, platform) : held, entries)
  const changes = lockChanges(mergeLocks(base, held), mergeLocks(base, updated))
  for (const change of changes) say(terminal, change)
  if (changes.length === 0 && existsSync(file)) {
    say(terminal, "Nothing that is pinned has a newer version")
    return exitCodes.done
  }
  writeFileSync(`${file}.new`, renderLock(updated))
  renameSync(`${file}.new`, file)
  say(terminal, `${relative(process.cwd(), file)} is written. Commit it with your change.`)
  return exitCodes.done
}

/** What is to be pinned, on top of which lock, and where that is written. */
async function scopeOf({ project, options }: CommandRun) {
  if (options.own === true) {
    const file = join(project, "ci/core/lock/built-in.json")
    return { needs: ownNeeds, base: readLock(file), platform: "linux/amd64", file } as const
  }
  const fleet = await openFleet(options)
  const { platform } = fleet.fleet.defaults
  return { needs: allNeeds(fleet.services), base: fleet.lock, platform, file: join(fleet.root, lockFile) }
}

function readLock(file: string): Lock {
  const lock = existsSync(file) ? parseLock(readFileSync(file, "utf8"), file) : undefined
  return lock?.ok ? lock.value : emptyLock
}

function check(missing: LockNeeds, platform: Platform, terminal: Terminal): number {
  const names = namesOf(missing)
  if (names.length === 0) {
    say(terminal, "Everything that the services need from outside is pinned")
    return exitCodes.done
  }
  throw new UserError(
    `Not pinned for ${platform}: ${names.join(", ")}. Run ./slipway lock and commit ${lockFile}.`,
    exitCodes.failed,
  )
}

async function askOutside(
  { project, options }: CommandRun,
  needs: LockNeeds,
  platform: Platform,
): Promise<Partial<Lock>> {
  const terminal = terminalOf(options)
  const { variables } = await reachEngine(project, terminal)
  Object.assign(process.env, variables)
  let entries: Partial<Lock> = {}
  const log = options.verbose === true ? process.stderr : undefined
  await engineSession(async () => {
    entries = await pinned(needs, platform, (what) => say(terminal, `pinning ${what}`))
  }, log)
  return entries
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
