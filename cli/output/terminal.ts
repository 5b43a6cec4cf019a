import { Listr } from "listr2"
import type { Progress } from "../../engine/progress.js"
import { duration } from "./format.js"

/** How this run talks: chosen once from flags, environment and whether a person watches. */
export interface Terminal {
  /** A live display is possible: a TTY, no `--quiet`, no `--verbose`, no CI. */
  readonly live: boolean
  readonly quiet: boolean
  /** Dagger's own progress is wanted too. */
  readonly verbose: boolean
}

/** Everything for people goes to standard error; standard output carries only what was asked for. */
export function say(terminal: Terminal, line: string): void {
  if (!terminal.quiet) process.stderr.write(`${line}\n`)
}

/** Marks of a line: readable without colour. */
export const marks = { done: "✔", failed: "✖", skipped: "↷", waiting: "◻" } as const

/** Shows the steps of the engine's set-up: live lines for a person, finished lines for a log. */
export function engineProgress(terminal: Terminal): Progress {
  return {
    async step(title, action) {
      const begin = performance.now()
      const finished = () => `${title}  ${duration((performance.now() - begin) / 1000)}`
      if (!terminal.live) {
        say(terminal, `… ${title}`)
        const value = await action((text) => say(terminal, `    ${text}`))
        say(terminal, `${marks.done} ${finished()}`)
        return value
      }
      const outcome: { value?: Awaited<ReturnType<typeof action>> } = {}
      await new Listr(
        [
          {
            title,
            task: async (_, task) => {
              outcome.value = await action((text) => (task.output = text))
              task.title = finished()
            },
          },
        ],
        { fallbackRendererCondition: false, registerSignalListeners: false },
      ).run()
      return outcome.value as Awaited<ReturnType<typeof action>>
    },
    note: (text) => say(terminal, text),
  }
}
