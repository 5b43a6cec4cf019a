import { asTyped, type Typing } from "./as-typed.js"

/** How this run talks: chosen once from flags, environment and whether a person watches. */
export interface Terminal {
  /** How commands are typed here; without it, as in the repository itself. */
  readonly typing?: Typing
  /** A live display is possible: a TTY, no `--quiet`, no `--verbose`, no CI. */
  readonly live: boolean
  readonly quiet: boolean
  /** Dagger's own progress is wanted too. */
  readonly verbose: boolean
}

/** Everything for people goes to standard error; standard output carries only what was asked for. */
export function say(terminal: Terminal, line: string): void {
  if (!terminal.quiet) process.stderr.write(`${terminal.typing ? asTyped(line, terminal.typing) : line}\n`)
}

/** Marks of a line: readable without colour. */
export const marks = { begun: "…", done: "✔", failed: "✖", waiting: "◻" } as const
