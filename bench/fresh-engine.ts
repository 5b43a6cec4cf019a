/**
 * How much longer a build after an edit takes on an engine that has never built anything, beside a registry that holds
 * the stages of earlier builds, than on a warm one:
 *
 *     npx esbuild bench/fresh-engine.ts --bundle --platform=node --packages=external --outfile=.slipway/bench.cjs
 *     node .slipway/bench.cjs SERVICE=FILE…        # a source of each service
 *
 * Works in a clone of this repository and in a home of its own beside SLIPWAY_HOME, with the same compiled engine.
 * ROUNDS (3) edits of each kind, each a line at the end that changes the image where the language lets one; prints medians
 * in seconds and their ratio.
 */
import { execFileSync } from "node:child_process"
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs"
import { homedir } from "node:os"
import { extname, join } from "node:path"

const rounds = Number(process.env["ROUNDS"] ?? 3)
const checkout = process.cwd()
const firstHome = process.env["SLIPWAY_HOME"] ?? join(homedir(), ".slipway")
const edits = process.argv.slice(2).map((pair) => pair.split("=") as [string, string])

let edit = 0
const repository = mkdtempSync("/tmp/sw-bench-")
const home = mkdtempSync("/tmp/sw-")
try {
  execFileSync("git", ["clone", "--quiet", checkout, repository])
  mkdirSync(join(home, "cache"))
  for (const entry of readdirSync(join(firstHome, "cache")))
    execFileSync("cp", ["-al", join(firstHome, "cache", entry), join(home, "cache", entry)])
  for (const [service, file] of edits) {
    build(service)
    build(service, file)
    const warm = times(() => build(service, file))
    const fresh = times(() => {
      renew()
      return build(service, file)
    })
    const [least, most] = [median(warm), median(fresh)]
    const figures = [least, most, most / least].map((each) => each.toFixed(2).padStart(7))
    process.stdout.write(
      `${service.padEnd(16)} warm ${figures[0]} s  fresh ${figures[1]} s  ratio ${figures[2]}\n`,
    )
  }
} finally {
  slipway("engine", "stop", "--all")
  rmSync(home, { recursive: true, force: true })
  rmSync(repository, { recursive: true, force: true })
}

/** Builds a service, after an edit of a file where one is named; returns the seconds that it took. */
function build(service: string, file?: string): number {
  if (file !== undefined) appendFileSync(join(repository, file), lineFor(file))
  const begin = performance.now()
  slipway("-C", repository, "build", service)
  return (performance.now() - begin) / 1000
}

/** A line of code that stays in what is built of a file. */
function lineFor(file: string): string {
  edit++
  switch (extname(file)) {
    case ".ts":
      return `console.debug("edit ${edit}")\n`
    case ".go":
      return `func init() { println("edit ${edit}") }\n`
    case ".py":
      return `EDIT = ${edit}\n`
    case ".css":
      return `.edit-${edit} { color: red }\n`
    case ".java":
      return `class Edit${edit} {}\n`
    case ".rs":
      return `#[used]\nstatic EDIT_${edit}: u32 = ${edit};\n`
    default:
      return "\n"
  }
}

/**
 * An engine that has never built anything. What the old one held is set aside, not deleted: for minutes afterwards ext4
 * would look past every deleted file before it makes a new one, which no new machine has to do.
 */
function renew(): void {
  slipway("engine", "stop")
  const state = join(home, "state")
  renameSync(state, `${state}.${Date.now()}`)
  slipway("engine", "start")
}

function slipway(...args: readonly string[]): void {
  const env = { ...process.env, SLIPWAY_HOME: home }
  execFileSync(join(checkout, "slipway"), args, { env, stdio: ["ignore", "ignore", "pipe"] })
}

function times(measure: () => number): readonly number[] {
  return Array.from({ length: rounds }, measure)
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}
