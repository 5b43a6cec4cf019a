import { Listr } from "listr2"
import type { Progress } from "../../engine/progress.js"
import { duration, elapsed } from "./format.js"
import { LiveRenderer } from "./live-renderer.js"
import { marks, say, type Terminal } from "./terminal.js"

type Action<T> = (detail: (text: string) => void) => Promise<T>

/** Shows the steps of the engine's set-up: live lines for a person, begun and finished lines for a log. */
export function engineProgress(terminal: Terminal): Progress {
  return {
    step: (title, action) =>
      terminal.live ? liveStep(title, action) : loggedStep(title, action, (line) => say(terminal, line)),
    note: (text) => say(terminal, text),
  }
}

async function loggedStep<T>(title: string, action: Action<T>, log: (line: string) => void): Promise<T> {
  const begin = performance.now()
  const seconds = () => (performance.now() - begin) / 1000
  log(`${marks.begun} ${title}`)
  try {
    const value = await action((text) => log(`${marks.begun} ${title}  ${text}`))
    log(`${marks.done} ${title}  ${duration(seconds())}`)
    return value
  } catch (error) {
    log(`${marks.failed} ${title}  ${duration(seconds())}`)
    throw error
  }
}

async function liveStep<T>(title: string, action: Action<T>): Promise<T> {
  const begin = performance.now()
  const seconds = () => (performance.now() - begin) / 1000
  const outcome: { value?: T } = {}
  const task = async (_: unknown, task: { title: string; output: string }) => {
    const ticker = setInterval(() => (task.title = `${title}  ${elapsed(seconds())}`), 1_000)
    try {
      outcome.value = await action((text) => (task.output = text))
    } finally {
      clearInterval(ticker)
      task.title = `${title}  ${duration(seconds())}`
    }
  }
  await new Listr([{ title, task }], { renderer: LiveRenderer, registerSignalListeners: false }).run()
  return outcome.value as T
}
