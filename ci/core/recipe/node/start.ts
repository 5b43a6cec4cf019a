import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import type { PackageJson } from "./package-json.js"
import { parseCommands } from "./shell-words.js"

/** What makes something that a run needs: a script of package.json, or a command that stands in one. */
export type Build = { readonly script: string } | { readonly command: readonly string[] }

/** How a service is started. */
export interface Start {
  /** What its script runs before. */
  readonly builds: readonly Build[]
  readonly variables: Readonly<Record<string, string>>
  /** Options of node itself. */
  readonly options: readonly string[]
  /** The file that node runs, in the service's folder; the program of a package is one in `node_modules/.bin`. */
  readonly file: string
  readonly args: readonly string[]
}

/** Scripts that say how a service starts, the surest first. */
export const startScripts = ["start:prod", "start:production", "start"]

/** Others that may say it where those start it for a developer. */
const otherStart = /^(start[:-](?!.*(dev|debug|watch|local|test))|serve$)/

/** Options of node that take their value as a word of its own. */
const withValue = ["-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions"]

/** Programs that make something; what else a script runs before the service, such as a migration, belongs to no build. */
const builders = ["tsc", "tsc-alias", "tsup", "nest", "esbuild", "swc", "babel", "rollup", "webpack", "ncc"]
const helpers = ["rimraf", "shx", "copyfiles", "cpx", "cpy", "mkdir", "cp"]

/** Commands whose work an image does in its own way, or that only say something. */
const idle = ["set", "export", "echo"]

/** Programs that set variables from files which no image holds, and start another. */
const wrappers = ["dotenv", "dotenvx", "env-cmd"]

/** Variables that an image has in its own way. */
const ownVariables = ["NODE_ENV", "PORT"]

const programs = "node_modules/.bin"

/**
 * How package.json says that the service is started: by one of its scripts, as in `npm run build && NODE_PATH=dist node
 * -r ./tracing.js dist/main`, else by `main` or `bin`. TypeScript of which a build makes something else is no answer.
 */
export function startOf(manifest: PackageJson): Start | undefined {
  const { scripts, main, bin, name } = manifest
  const [start] = startScripts.flatMap((script) => startOfScript(script, manifest) ?? [])
  if (start !== undefined) return start
  const files = typeof bin === "string" ? [bin] : Object.values(bin ?? {})
  const named = typeof bin === "object" ? bin[name ?? ""] : undefined
  const file = main ?? named ?? (files.length === 1 ? files[0] : undefined)
  if (file !== undefined && !(isTypeScript(file) && scripts["build"] !== undefined)) return plain(file)
  const others = Object.keys(scripts).filter((script) => otherStart.test(script))
  return others.flatMap((script) => startOfScript(script, manifest) ?? [])[0]
}

/** What makes a service: its script `build`, else what its start runs before, else a build after installing. */
export function buildsOf(manifest: PackageJson): readonly Build[] {
  if (manifest.scripts["build"] !== undefined) return [{ script: "build" }]
  const builds = startOf(manifest)?.builds ?? []
  return builds.length > 0 ? builds : builtBy("postinstall", manifest)
}

/**
 * True for a service whose own `postinstall` changes what was installed, as patch-package does; a build is none, nor is
 * what sets up a developer's folder.
 */
export function changesPackages(manifest: PackageJson): boolean {
  const { postinstall } = manifest.scripts
  if (postinstall === undefined || builtBy("postinstall", manifest).length > 0) return false
  return !/\b(husky|lefthook|git-hooks|git|is-ci|only-allow|opencollective\S*|echo)\b/.test(postinstall)
}

/** The name of the package's program that an entrypoint is; undefined for a file. */
export function programOf(entrypoint: string): string | undefined {
  return posix.dirname(entrypoint) === programs ? posix.basename(entrypoint) : undefined
}

/** True for a file that a compiler reads, or a node that can. */
export function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file)
}

/** The file that node means by a path: itself, or with what it leaves out. `isThere` knows files of the service's folder. */
export function resolveFile(path: string, isThere: (path: string) => boolean): string {
  const tidy = tidyPath(path)
  if (programOf(tidy) !== undefined) return tidy
  const candidates = [tidy, `${tidy}.js`, `${tidy}.cjs`, `${tidy}.mjs`, posix.join(tidy, "index.js")]
  const found = candidates.find(isThere)
  if (found !== undefined) return found
  return posix.extname(tidy) === "" ? `${tidy}.js` : tidy
}

function plain(file: string): Start {
  return { builds: [], variables: {}, options: [], file, args: [] }
}

function startOfScript(
  name: string,
  manifest: PackageJson,
  callers: readonly string[] = [],
): Start | undefined {
  const commands = parseCommands(manifest.scripts[name] ?? "")
  const last = commands?.at(-1)
  if (commands === undefined || last === undefined || callers.includes(name)) return undefined
  const needed = commands.slice(0, -1).filter(([program = ""]) => !idle.includes(program))
  const before = needed.map((words) => buildOf(words, manifest))
  const start = startOfCommand(last, manifest, [...callers, name])
  if (start === undefined || before.includes(undefined)) return undefined
  const builds = [...builtBy(`pre${name}`, manifest), ...before.filter((each) => each !== undefined)]
  return { ...start, builds: [...builds, ...start.builds] }
}

/** A script that does nothing but build; none otherwise. */
function builtBy(script: string, manifest: PackageJson): readonly Build[] {
  const commands = parseCommands(manifest.scripts[script] ?? "") ?? []
  const isBuild = commands.length > 0 && commands.every((words) => buildOf(words, manifest) !== undefined)
  return isBuild ? [{ script }] : []
}

function buildOf(words: readonly string[], manifest: PackageJson): Build | undefined {
  const script = calledScript(words, manifest)
  if (script !== undefined) return /build|compile|bundle|clean|tsc/.test(script) ? { script } : undefined
  const command = words[0] === "npx" ? words.slice(1) : words
  const [program = ""] = command
  return [...builders, ...helpers].includes(program) ? { command } : undefined
}

/** The script that a command of a package manager runs. */
function calledScript(words: readonly string[], { scripts }: PackageJson): string | undefined {
  const [manager = "", verb = "", ...more] = words
  if (!["npm", "pnpm", "yarn"].includes(manager)) return undefined
  const name = verb === "run" || verb === "run-script" ? more.shift() : verb
  return name !== undefined && more.length === 0 && scripts[name] !== undefined ? name : undefined
}

function startOfCommand(
  words: readonly string[],
  manifest: PackageJson,
  callers: readonly string[],
): Start | undefined {
  const variables: Record<string, string> = {}
  const rest = [...words]
  for (let [first = ""] = rest; ; [first = ""] = rest) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/.exec(first) ?? []
    if (name !== undefined && value !== undefined) {
      if (!ownVariables.includes(name)) variables[name] = value
    } else if (!["cross-env", "env", "exec", "npx"].includes(first)) break
    rest.shift()
  }
  const called = calledScript(rest, manifest)
  const start =
    called === undefined ? startOfProgram(rest, manifest) : startOfScript(called, manifest, callers)
  return start && { ...start, variables: { ...variables, ...start.variables } }
}

function startOfProgram(
  [program = "", ...words]: readonly string[],
  manifest: PackageJson,
): Start | undefined {
  if (program === "node" || program === "nodemon") return startOfNode(program, words, manifest)
  if (wrappers.includes(program) || !isProduction(program, manifest)) return undefined
  return { ...plain(`${programs}/${program}`), args: words }
}

/** nodemon restarts a service while somebody edits it: without options of its own it stands for node. */
function startOfNode(
  program: "node" | "nodemon",
  words: readonly string[],
  { main = "index.js", dependencies, devDependencies }: PackageJson,
): Start | undefined {
  const args = [...words]
  const options: string[] = []
  while (args[0]?.startsWith("-") === true) {
    const option = args.shift() ?? ""
    options.push(option, ...(withValue.includes(option) ? args.splice(0, 1) : []))
  }
  const file = args.shift()
  const isRun = !options.some((option) => /^(-e|-p|--eval|--print|--test|--watch|--inspect)/.test(option))
  const isLoaded = options.every((option) => {
    const [, name = ""] = /^((?:@[^/]+\/)?[^/=]+)/.exec(option.replace(/^--\w+=/, "")) ?? []
    return dependencies[name] !== undefined || devDependencies[name] === undefined
  })
  if (file === undefined || !isRun || !isLoaded) return undefined
  if (program === "nodemon" && (options.length > 0 || isTypeScript(file))) return undefined
  return { ...plain(file === "." ? main : file), options, args }
}

/** Whether a program is one of a package for production, by their names: `fastify` is one of fastify-cli. */
function isProduction(program: string, { dependencies }: PackageJson): boolean {
  const parts = (name: string): readonly string[] => name.split(/[^a-z0-9]+/i).filter((part) => part !== "")
  const wanted = parts(program)
  return (
    wanted.length > 0 &&
    Object.keys(dependencies).some((name) => wanted.every((part) => parts(name).includes(part)))
  )
}
