import type { Options } from "./arguments.js"
import type { Terminal } from "./output/terminal.js"

/** How a run with these options talks. A CI that offers a TTY still wants a log. */
export function terminalOf(options: Options): Terminal {
  const quiet = options.quiet === true
  const verbose = options.verbose === true
  return { quiet, verbose, live: process.stderr.isTTY === true && !quiet && !verbose && !process.env["CI"] }
}
