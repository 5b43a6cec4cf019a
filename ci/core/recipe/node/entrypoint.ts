import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import type { PackageJson } from "./package-json.js"

/** How node is started: its own options, then the file. */
export interface NodeCommand {
  readonly options: readonly string[]
  readonly file: string
}

/** Options of node that take their value as a word of its own. */
const withValue = ["-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions"]

/** The file that a script starts with node, as in `NODE_ENV=production node -r ./tracing.js dist/main`; undefined for all else. */
export function parseNodeCommand(text: string): NodeCommand | undefined {
  const words = text.trim().split(/\s+/)
  while (words[0] === "cross-env" || words[0] === "exec" || /^\w+=\S*$/.test(words[0] ?? "")) words.shift()
  if (words.shift() !== "node") return undefined
  const options: string[] = []
  while (words[0]?.startsWith("-") === true) {
    const option = words.shift() ?? ""
    options.push(option, ...(withValue.includes(option) ? words.splice(0, 1) : []))
  }
  const [file, ...more] = words
  const isPlain = file !== undefined && more.length === 0 && /^[\w@./-]+$/.test(file)
  const isRun = !options.some((option) => /^(-e|-p|--eval|--print|--test|--watch)/.test(option))
  return isPlain && isRun && options.every((option) => /^[\w@./:=,-]+$/.test(option))
    ? { options, file }
    : undefined
}

/** Scripts that say how a service starts, the surest first. */
const startScripts = ["start:prod", "start:production", "start"]

/** How package.json says that the service is started, the first of scripts, main and bin that tells a file. */
export function startOf({ scripts, main, bin, name }: PackageJson): NodeCommand | undefined {
  const [command] = startScripts.flatMap((script) => parseNodeCommand(scripts[script] ?? "") ?? [])
  if (command !== undefined) return command
  const programs = typeof bin === "string" ? [bin] : Object.values(bin ?? {})
  const named = typeof bin === "object" ? bin[name ?? ""] : undefined
  const file = main ?? named ?? (programs.length === 1 ? programs[0] : undefined)
  return file === undefined ? undefined : { options: [], file }
}

/** The file that node means by a path: itself, or with what it leaves out. `isThere` knows files of the service's folder. */
export function resolveFile(path: string, isThere: (path: string) => boolean): string {
  const tidy = tidyPath(path)
  const candidates = [tidy, `${tidy}.js`, `${tidy}.cjs`, `${tidy}.mjs`, posix.join(tidy, "index.js")]
  const found = candidates.find(isThere)
  if (found !== undefined) return found
  return posix.extname(tidy) === "" ? `${tidy}.js` : tidy
}
