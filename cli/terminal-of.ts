import type { Options } from "./arguments.js"
import type { Terminal } from "./output/terminal.js"

/** How a run with these options talks. A CI that offers a TTY still wants a log, and so does a dumb terminal. */
export function terminalOf(options: Options): Terminal {
  const quiet = options.quiet === true
  const verbose = options.verbose === true
  const capable = process.stderr.isTTY === true && process.env["TERM"] !== "dumb" && !process.env["CI"]
  return { quiet, verbose, live: capable && !quiet && !verbose }
}
