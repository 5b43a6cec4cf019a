import { parseArgs } from "node:util"
import { didYouMean } from "../ci/core/suggest.js"
import { commands, type CommandName, type OptionName, optionTable } from "./commands.js"
import { UserError } from "./user-error.js"

/** A command line, understood. */
export interface Parsed {
  readonly command: CommandName
  /** Words after the command. */
  readonly words: readonly string[]
  readonly options: Options
}

/** Values of all options; absent ones are undefined, switches false. */
export type Options = {
  readonly [Name in OptionName]?: (typeof optionTable)[Name]["type"] extends "boolean" ? boolean : string
}

/** Reads a command line. Throws a {@link UserError} that names what is wrong and what was probably meant. */
export function parseArguments(argv: readonly string[]): Parsed {
  const command = argv.find((word) => !word.startsWith("-")) ?? "help"
  if (argv.includes("--version") && command === "help") return { command: "version", words: [], options: {} }
  if (!isCommand(command)) {
    throw new UserError(
      `${command}: no such command.${didYouMean(command, Object.keys(commands))} Run ./slipway help for the list.`,
    )
  }
  if (commands[command].passThrough) {
    return { command, words: argv.slice(argv.indexOf(command) + 1), options: {} }
  }
  const { tokens } = parseArgs({
    args: [...argv],
    options: optionTable,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const allowed: readonly string[] = [...commands[command].options, "help"]
  const options: Record<string, string | boolean> = {}
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value)
    if (token.kind !== "option") continue
    const definition = Object.hasOwn(optionTable, token.name)
      ? optionTable[token.name as OptionName]
      : undefined
    if (!definition || !allowed.includes(token.name)) {
      const near = didYouMean(token.name, allowed)
      throw new UserError(
        `${token.rawName}: ${command} has no such option.${near} Run ./slipway ${command} --help for the list.`,
      )
    }
    if (definition.type === "string" && (token.value === undefined || token.value.startsWith("-"))) {
      throw new UserError(`${token.rawName} needs a value: ${definition.value}.`)
    }
    if (definition.type === "boolean" && token.value !== undefined) {
      throw new UserError(`${token.rawName} takes no value.`)
    }
    options[token.name] = token.value ?? true
  }
  if (options["help"]) return { command: "help", words: [command], options: {} }
  const rest = words.slice(1)
  const most = commands[command].words
  if (rest.length > most)
    throw new UserError(
      `${command} takes ${most === 0 ? "no name" : `at most ${most} word${most > 1 ? "s" : ""}`}, but got: ${rest.join(" ")}`,
    )
  return { command, words: rest, options }
}

function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commands, word)
}
