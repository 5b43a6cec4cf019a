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
import { brokenServices, openFleet, pickServices } from "../fleet.js"
import { say, type Terminal } from "../output/terminal.js"
import { terminalOf } from "../terminal-of.js"
import { exitCodes, UserError } from "../user-error.js"

/**
 * `slipway lock`: adds what services need from outside and no lock pins yet; what is pinned stays as it is. With
 * `--update`, what is named, or everything, is pinned anew; with `--check`, nothing is written. Broken services are
 * left out, and told at the end.
 */
export async function lock(it: CommandRun): Promise<number> {
  refuseContradictions(it)
  const scope = await scopeOf(it)
  const unknown = unknownNeed(scope.needs, it.words)
  const notPinned = unknown === undefined ? await checkOrPin(it, scope) : undefined
  const told = [unknown, notPinned, scope.broken?.message].filter((message) => message !== undefined)
  if (told.length === 0) return exitCodes.done
  const isBadInput = unknown !== undefined || scope.broken !== undefined
  throw new UserError(told.join("\n"), isBadInput ? exitCodes.badInput : exitCodes.failed)
}

function refuseContradictions({ options, words }: CommandRun): void {
  if (words.length > 0 && options.update !== true)
    throw new UserError(`lock takes names only with --update, but got: ${words.join(" ")}`)
  if (options.check === true && options.update === true)
    throw new UserError("--check changes nothing, and --update pins anew. Leave one of them out.")
}

/** Does what was asked for; returns what `--check` found missing. */
async function checkOrPin(
  it: CommandRun,
  { needs, base, platform, file }: Scope,
): Promise<string | undefined> {
  const { options, words } = it
  const terminal = terminalOf(options)
  const missing = missingNeeds(needs, base, platform)
  if (options.check === true) return check(missing, platform, terminal)
  const wanted = options.update === true ? chosenNeeds(needs, words) : missing
  if (isPinned(wanted)) {
    say(terminal, "Everything that the services need from outside is pinned already")
    return undefined
  }
  const held = readLock(file)
  const entries = await askOutside(it, wanted, platform)
  const updated = addToLock(options.update === true ? withoutNeeds(held, wanted, platform) : held, entries)
  const changes = lockChanges(mergeLocks(base, held), mergeLocks(base, updated))
  for (const change of changes) say(terminal, change)
  if (changes.length === 0 && existsSync(file)) {
    say(terminal, "Nothing that is pinned has a newer version")
    return undefined
  }
  writeFileSync(`${file}.new`, renderLock(updated))
  renameSync(`${file}.new`, file)
  say(terminal, `${relative(process.cwd(), file)} is written. Commit it with your change.`)
  return undefined
}

interface Scope {
  readonly needs: LockNeeds
  readonly base: Lock
  readonly platform: Platform
  readonly file: string
  /** What is wrong with services whose needs nobody knows. */
  readonly broken?: UserError | undefined
}

/** What is to be pinned, on top of which lock, and where that is written. */
async function scopeOf({ project, options }: CommandRun): Promise<Scope> {
  if (options.own === true) {
    const file = join(project, "ci/core/lock/built-in.json")
    return { needs: ownNeeds, base: readLock(file), platform: "linux/amd64", file }
  }
  const fleet = await openFleet(options, "nothing was pinned")
  if (fleet.services.length === 0) pickServices(fleet, [])
  return {
    needs: allNeeds(fleet.services),
    base: fleet.lock,
    platform: fleet.fleet.defaults.platform,
    file: join(fleet.root, lockFile),
    broken: brokenServices(fleet, "their services were left out"),
  }
}

function readLock(file: string): Lock {
  const lock = existsSync(file) ? parseLock(readFileSync(file, "utf8"), file) : undefined
  return lock?.ok ? lock.value : emptyLock
}

function check(missing: LockNeeds, platform: Platform, terminal: Terminal): string | undefined {
  const names = namesOf(missing)
  if (names.length > 0)
    return `Not pinned for ${platform}: ${names.join(", ")}. Run ./slipway lock and commit ${lockFile}.`
  say(terminal, "Everything that the services need from outside is pinned")
  return undefined
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
