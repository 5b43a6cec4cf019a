import { parseArgs } from "node:util"
import { didYouMean, suggest } from "../ci/core/suggest.js"
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

/**
 * Reads a command line; options may stand before the command, too. Throws a {@link UserError} that names what is
 * wrong and what was probably meant.
 */
export function parseArguments(argv: readonly string[]): Parsed {
  const tokens = tokensOf(argv)
  const first = tokens.find((token) => token.kind === "positional")
  if (first === undefined) return withoutCommand(tokens)
  const command = first.value
  if (!isCommand(command)) {
    throw new UserError(
      `${command}: no such command.${didYouMean(command, Object.keys(commands))} Run ./slipway help for the list.`,
    )
  }
  if (commands[command].passThrough) {
    optionsOf(
      tokens.filter(({ index }) => index < first.index),
      command,
    )
    return { command, words: argv.slice(first.index + 1), options: {} }
  }
  const options = optionsOf(tokens, command)
  if (options.help === true) return { command: "help", words: [command], options: {} }
  const words = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : [])).slice(1)
  const most = commands[command].words
  if (words.length > most) {
    throw new UserError(
      `${command} takes ${most === 0 ? "no name" : `at most ${most} word${most > 1 ? "s" : ""}`}, but got: ${words.join(" ")}`,
    )
  }
  return { command, words, options }
}

type Token = ReturnType<typeof tokensOf>[number]

function tokensOf(argv: readonly string[]) {
  const { tokens } = parseArgs({
    args: [...argv],
    options: optionTable,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  return tokens
}

/** Nothing but options: a wish for help or the version, or a slip. */
function withoutCommand(tokens: readonly Token[]): Parsed {
  const names = tokens.flatMap((token) => (token.kind === "option" ? [token] : []))
  const other = names.find(({ name }) => name !== "help" && name !== "version")
  if (other) throw new UserError(`${other.rawName}: a command is missing. Run ./slipway help for the list.`)
  return {
    command: names.some(({ name }) => name === "version") ? "version" : "help",
    words: [],
    options: {},
  }
}

function optionsOf(tokens: readonly Token[], command: CommandName): Options {
  const allowed: readonly string[] = [...commands[command].options, "help"]
  const options: Record<string, string | boolean> = {}
  for (const token of tokens) {
    if (token.kind !== "option") continue
    const { name, rawName, value } = token
    if (!allowed.includes(name) || !isOption(name)) {
      const near = suggest(name, allowed)
      const meant = near === undefined ? "" : ` Did you mean --${near}?`
      throw new UserError(
        `${rawName}: ${command} has no such option.${meant} Run ./slipway ${command} --help for the list.`,
      )
    }
    const definition = optionTable[name]
    if (definition.type === "string" && (!value || value.startsWith("-"))) {
      throw new UserError(`${rawName} needs a value: ${definition.value}.`)
    }
    if (definition.type === "boolean" && value !== undefined) {
      throw new UserError(`${rawName} takes no value.`)
    }
    options[name] = value ?? true
  }
  return options
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(optionTable, name)
}

function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commands, word)
}
