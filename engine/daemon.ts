import { spawn } from "node:child_process"
import { existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { Home } from "./home.js"

/** A log is set aside once when its process starts and it is larger than this many bytes. */
const logLimit = 16 * 1024 * 1024

interface Identity {
  readonly pid: number
  /** Clock ticks since boot at which the process started: with the pid, an identity that a reused pid cannot fake. */
  readonly started: string
}

/** A background process of this home with a log of its own, known by pid and start time. */
export interface Daemon {
  readonly name: "engine" | "registry"
  readonly log: string
  readonly file: string
}

export function daemon(home: Home, name: Daemon["name"]): Daemon {
  return { name, log: join(home.log, `${name}.log`), file: join(home.run, `${name}.json`) }
}

/** Starts a process that outlives this one. Its output goes to the daemon's log. */
export function launch(it: Daemon, command: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  if (existsSync(it.log) && statSync(it.log).size > logLimit) renameSync(it.log, `${it.log}.1`)
  const log = openSync(it.log, "a")
  const child = spawn(command, args, { detached: true, stdio: ["ignore", log, log], env, cwd: "/" })
  if (child.pid === undefined) throw new Error(`${it.name} could not be started: ${command}`)
  child.unref()
  const identity: Identity = { pid: child.pid, started: startOf(child.pid) ?? "" }
  writeFileSync(it.file, JSON.stringify(identity))
}

/** The pid of the running process, or undefined when it is not there (any more). */
export function pidOf(it: Daemon): number | undefined {
  const identity = readIdentity(it.file)
  if (!identity) return undefined
  const started = startOf(identity.pid)
  return started !== undefined && started === identity.started ? identity.pid : undefined
}

/** Asks the process to end, waits `patience` milliseconds, then ends it. Does nothing when it is not running. */
export async function terminate(it: Daemon, patience = 20_000): Promise<void> {
  const pid = pidOf(it)
  if (pid !== undefined) {
    signal(pid, "SIGTERM")
    for (const end = Date.now() + patience; pidOf(it) !== undefined && Date.now() < end;) await sleep(50)
    if (pidOf(it) !== undefined) signal(pid, "SIGKILL")
    while (pidOf(it) !== undefined) await sleep(20)
  }
  rmSync(it.file, { force: true })
}

/** Last lines of the log, for messages about a process that did not come up. */
export function logTail(it: Daemon, lines = 15): string {
  if (!existsSync(it.log)) return ""
  return readFileSync(it.log, "utf8").trimEnd().split("\n").slice(-lines).join("\n")
}

function readIdentity(file: string): Identity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Identity
  } catch {
    return undefined // absent, or cut short by a crash: either way nothing that we know of runs
  }
}

/** Field 22 of /proc/PID/stat; a zombie counts as gone. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return fields[0] === "Z" ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** Signals a process and its children: the engine is the child of the `unshare` that made its namespaces. */
function signal(pid: number, name: NodeJS.Signals): void {
  for (const each of [...childrenOf(pid), pid]) {
    try {
      process.kill(each, name)
    } catch {
      // it ended between the look and the signal
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .trim()
      .split(" ")
      .filter(Boolean)
      .map(Number)
  } catch {
    return []
  }
}
