import { execa } from "execa"
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { strangeSeed } from "./strange-seed.js"
import { slipway } from "./slipway.js"

/**
 * Makes a second home beside a first one: the same compiled engine, hard-linked, but another seed, an engine that
 * knows nothing and a registry that holds nothing. Its path is short, for the socket below it.
 */
export async function makeSecondHome(first: string): Promise<string> {
  const home = mkdtempSync("/tmp/sw-")
  const cache = join(first, "cache")
  mkdirSync(join(home, "cache"))
  const entries = readdirSync(cache)
  for (const entry of entries.filter((name) => /^(bin|content)-/.test(name))) {
    const [from, to] = [join(cache, entry), join(home, "cache", entry)]
    const linked = await execa("cp", ["-al", from, to], { reject: false })
    if (linked.failed) await execa("cp", ["-aT", from, to])
  }
  for (const entry of entries.filter((name) => name.startsWith("seed-"))) {
    await strangeSeed(join(cache, entry), join(home, "cache", entry))
  }
  return home
}

/** Stops all that runs in a home and removes it. */
export async function removeHome(home: string): Promise<void> {
  const stopped = await slipway(["engine", "stop", "--all"], { home })
  if (stopped.exitCode !== 0) throw new Error(`${home} could not be stopped:\n${stopped.stderr}`)
  rmSync(home, { recursive: true, force: true })
}
