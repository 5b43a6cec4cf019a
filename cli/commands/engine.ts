import { execa } from "execa"
import { existsSync } from "node:fs"
import {
  engineDaemon,
  engineStatus,
  resetEngine,
  startEngine,
  stopEngine,
  type EngineStatus,
} from "../../engine/engine.js"
import { openHome, type Home } from "../../engine/home.js"
import { sourcesOf } from "../../engine/sources.js"
import { didYouMean } from "../../ci/core/suggest.js"
import type { CommandRun } from "../commands.js"
import { columns } from "../output/format.js"
import { engineProgress } from "../output/engine-progress.js"
import { say } from "../output/terminal.js"
import { terminalOf } from "../terminal-of.js"
import { exitCodes, UserError } from "../user-error.js"

const verbs = ["start", "stop", "status", "logs", "reset"] as const

/** `slipway engine VERB`: the embedded engine's life. */
export async function engine({ project, words, options }: CommandRun): Promise<number> {
  const [verb = "status"] = words
  const home = openHome(process.env)
  const terminal = terminalOf(options)
  const all = options.all === true
  switch (verb) {
    case "start": {
      const { host, registry } = await startEngine(home, sourcesOf(project), engineProgress(terminal))
      say(terminal, `The engine runs at ${host}, its registry at ${registry}`)
      return exitCodes.done
    }
    case "stop":
      await stopEngine(home, all)
      say(
        terminal,
        all
          ? "Engine and registry are stopped"
          : "The engine is stopped; the registry runs on (--all stops both)",
      )
      return exitCodes.done
    case "reset":
      await resetEngine(home, all, engineProgress(terminal))
      say(
        terminal,
        all
          ? "Engine state and published images are removed"
          : "The engine's layers and caches are removed; published images stay (--all removes both)",
      )
      return exitCodes.done
    case "status":
      return printStatus(await engineStatus(home), options.json === true)
    case "logs":
      return printLogs(home, options.lines ?? "50")
    default:
      throw new UserError(
        `engine ${verb}: no such command.${didYouMean(verb, verbs)} One of: ${verbs.join(", ")}.`,
      )
  }
}

function printStatus(status: EngineStatus, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify(status)}\n`)
  else {
    const { engine, registry, home } = status
    const rows = [
      [
        `engine ${engine.version}`,
        engine.running ? `running, pid ${engine.pid}` : "stopped",
        engine.running ? engine.host : "",
      ],
      ["registry", registry.running ? `running, pid ${registry.pid}` : "stopped", registry.address ?? ""],
      ["home", home],
    ]
    process.stdout.write(`${columns(rows).join("\n")}\n`)
  }
  return exitCodes.done
}

async function printLogs(home: Home, lines: string): Promise<number> {
  if (!/^\d+$/.test(lines)) throw new UserError(`--lines ${lines}: a whole number is needed.`)
  const { log } = engineDaemon(home)
  if (!existsSync(log))
    throw new UserError(
      "The engine has never run in this SLIPWAY_HOME, so there is no log.",
      exitCodes.failed,
    )
  await execa("tail", ["-n", lines, log], { stdout: "inherit" })
  return exitCodes.done
}
