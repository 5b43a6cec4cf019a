import type { Options } from "./arguments.js"
import type { Invocation } from "./main.js"

/** One option: its kind, the name of its value, and its help. */
interface OptionDefinition {
  readonly type: "boolean" | "string"
  readonly short?: string
  readonly value?: string
  readonly help: string
}

/** All options of all commands, each with one meaning wherever it appears. */
export const optionTable = {
  all: { type: "boolean", help: "with stop and reset: the registry, too" },
  directory: {
    type: "string",
    short: "C",
    value: "DIR",
    help: "the repository (default: nearest slipway.yaml from here up)",
  },
  env: {
    type: "string",
    short: "e",
    value: "ENVIRONMENT",
    help: "development, testing or production (default: the fleet's)",
  },
  platform: { type: "string", value: "OS/ARCH", help: "linux/amd64 or linux/arm64 (default: the fleet's)" },
  registry: {
    type: "string",
    value: "HOST/PATH",
    help: "where images go (default: slipway.yaml's, else the embedded registry)",
  },
  parallel: {
    type: "string",
    short: "p",
    value: "N",
    help: "targets built at once (default: the fleet's limit)",
  },
  port: { type: "string", value: "N", help: "local port of the front door (default: a free one)" },
  door: {
    type: "string",
    value: "SERVICE",
    help: "the service that people open (default: slipway.yaml's)",
  },
  json: { type: "boolean", help: "print the result as JSON on standard output" },
  markdown: { type: "boolean", help: "print the table as a page in Markdown" },
  quiet: { type: "boolean", short: "q", help: "print nothing but errors" },
  verbose: { type: "boolean", short: "v", help: "show the engine's own progress, too" },
  update: { type: "boolean", help: "pin anew, with today's versions, what is named, or everything" },
  check: { type: "boolean", help: "change nothing; fail when something is not pinned" },
  frozen: { type: "boolean", help: "fail where a locked package is gone, rather than take its successor" },
  "dry-run": { type: "boolean", help: "write nothing; print what would be written" },
  force: { type: "boolean", help: "write anew what is there already" },
  own: { type: "boolean", help: "Slipway's own lock, which ships with it: for its maintainers" },
  lines: { type: "string", short: "n", value: "N", help: "how many lines (default: 50)" },
  help: { type: "boolean", short: "h", help: "what the command does" },
} as const satisfies Record<string, OptionDefinition>
export type OptionName = keyof typeof optionTable

/** What a command is run with. */
export interface CommandRun extends Invocation {
  /** Aborted with the reason when the run is to end early. */
  readonly signal: AbortSignal
  readonly words: readonly string[]
  readonly options: Options
}

/** One command: what help says of it, what it accepts, and its code, loaded when it is needed. */
export interface Command {
  readonly summary: string
  readonly usage: string
  /** How many words may follow. */
  readonly words: number
  readonly options: readonly OptionName[]
  /** Everything after the command goes to another program as it is. */
  readonly passThrough?: boolean
  run(invocation: CommandRun): Promise<number>
}

const output = ["quiet", "verbose"] as const

export const commands = {
  init: {
    summary: "Find a repository's services, and write their manifests",
    usage: "init",
    words: 0,
    options: ["registry", "dry-run", "directory", "json", "quiet"],
    run: async (it) => (await import("./commands/init.js")).init(it),
  },
  adopt: {
    summary: "Write the service.yaml of folders that have none",
    usage: "adopt [PATH …]",
    words: 1000,
    options: ["force", "dry-run", "directory", "json", "quiet"],
    run: async (it) => (await import("./commands/adopt.js")).adopt(it),
  },
  build: {
    summary: "Build what is not published yet, and publish it",
    usage: "build [SERVICE …]",
    words: 1000,
    options: ["env", "platform", "registry", "parallel", "frozen", "directory", "json", ...output],
    run: async (it) => (await import("./commands/build.js")).build(it),
  },
  up: {
    summary: "Run the published images together, with one front door",
    usage: "up [SERVICE …]",
    words: 1000,
    options: ["env", "platform", "registry", "parallel", "port", "door", "directory", ...output],
    run: async (it) => (await import("./commands/up.js")).up(it),
  },
  size: {
    summary: "Sizes of the published images, and what they consist of",
    usage: "size [SERVICE …]",
    words: 1000,
    options: ["env", "platform", "registry", "directory", "json", "markdown"],
    run: async (it) => (await import("./commands/size.js")).size(it),
  },
  services: {
    summary: "List the services of this repository",
    usage: "services",
    words: 0,
    options: ["directory", "json", "quiet"],
    run: async (it) => (await import("./commands/services.js")).services(it),
  },
  config: {
    summary: "Show a service's manifest with every default filled in",
    usage: "config SERVICE",
    words: 1,
    options: ["directory", "json"],
    run: async (it) => (await import("./commands/config.js")).config(it),
  },
  lock: {
    summary: "Pin what the services need from outside in slipway.lock",
    usage: "lock [WHAT …]",
    words: 1000,
    options: ["update", "check", "own", "directory", ...output],
    run: async (it) => (await import("./commands/lock.js")).lock(it),
  },
  engine: {
    summary: "The embedded engine: start, stop, status, logs, reset",
    usage: "engine start|stop|status|logs|reset",
    words: 1,
    options: ["all", "json", "lines", ...output],
    run: async (it) => (await import("./commands/engine.js")).engine(it),
  },
  env: {
    summary: 'Print what dagger needs in a shell:  eval "$(./slipway env)"',
    usage: "env",
    words: 0,
    options: [...output],
    run: async (it) => (await import("./commands/env.js")).env(it),
  },
  dagger: {
    summary: "Run the dagger CLI on the engine that a build would use",
    usage: "dagger ARGUMENTS",
    words: 1000,
    options: [],
    passThrough: true,
    run: async (it) => (await import("./commands/dagger.js")).dagger(it),
  },
  test: {
    summary: "Run the tests: check, unit, cli, services, tools, engine",
    usage: "test [SUITE …]",
    words: 10,
    options: [],
    run: async (it) => (await import("./commands/test.js")).test(it),
  },
  version: {
    summary: "Print the versions of Slipway and its engine",
    usage: "version",
    words: 0,
    options: ["json"],
    run: async (it) => (await import("./commands/version.js")).version(it),
  },
  help: {
    summary: "Show this, or what one command does",
    usage: "help [COMMAND]",
    words: 1,
    options: [],
    run: async (it) => (await import("./commands/help.js")).help(it),
  },
} as const satisfies Record<string, Command> as Readonly<Record<CommandName, Command>>
export type CommandName =
  | "init"
  | "adopt"
  | "build"
  | "up"
  | "size"
  | "services"
  | "config"
  | "lock"
  | "engine"
  | "env"
  | "dagger"
  | "test"
  | "version"
  | "help"
