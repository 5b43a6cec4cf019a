import { commands, optionTable, type Command, type CommandName, type CommandRun } from "../commands.js"
import { didYouMean } from "../../ci/core/suggest.js"
import { columns } from "../output/format.js"
import { asTyped } from "../output/as-typed.js"
import { typingOf } from "../terminal-of.js"
import { exitCodes, UserError } from "../user-error.js"

/** `slipway help [COMMAND]`. */
export async function help({ words, options }: CommandRun): Promise<number> {
  const [name] = words
  if (name !== undefined && !Object.hasOwn(commands, name))
    throw new UserError(
      `${name}: no such command.${didYouMean(name, Object.keys(commands))} Run ./slipway help for the list.`,
    )
  const text = name === undefined ? overview() : explain(commands[name as CommandName])
  process.stdout.write(asTyped(text, typingOf(options)))
  return exitCodes.done
}

function overview(): string {
  const rows = columns(Object.values(commands).map((command) => [`  ${command.usage}`, command.summary]))
  return [
    "Slipway builds, proves and launches the container images of a whole repository.",
    "",
    ...rows,
    "",
    "./slipway help COMMAND tells more.",
    "Exit codes: 0 done, 1 a step failed, 2 bad input, 70 our bug, 130 interrupted",
    "",
  ].join("\n")
}

function explain(command: Command): string {
  const options = command.options.map((name): string[] => {
    const option = optionTable[name]
    const short = "short" in option ? `-${option.short}, ` : "    "
    return [`  ${short}--${name}${"value" in option ? ` ${option.value}` : ""}`, option.help]
  })
  return [`./slipway ${command.usage}`, "", command.summary, "", ...columns(options), ""].join("\n")
}
