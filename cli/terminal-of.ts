import { delimiter } from "node:path"
import type { Options } from "./arguments.js"
import { rootAbove } from "./root-above.js"
import type { Typing } from "./output/as-typed.js"
import type { Terminal } from "./output/terminal.js"

/** How a run with these options talks. A CI that offers a TTY still wants a log, and so does a dumb terminal. */
export function terminalOf(options: Options): Terminal {
  const quiet = options.quiet === true
  const verbose = options.verbose === true
  const capable = process.stderr.isTTY === true && process.env["TERM"] !== "dumb" && !process.env["CI"]
  return { quiet, verbose, live: capable && !quiet && !verbose, typing: typingOf(options) }
}

/** How a person types the commands that messages name. */
export function typingOf({ directory }: Options): Typing {
  const workingFolder = process.cwd()
  return {
    script: process.argv[1] ?? "slipway",
    workingFolder,
    programFolders: (process.env["PATH"] ?? "").split(delimiter),
    directory,
    root: rootAbove(workingFolder) ?? workingFolder,
  }
}
