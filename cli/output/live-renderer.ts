import type { ListrRendererFactory, ListrTaskObject } from "listr2"
import { cut } from "./format.js"
import { marks } from "./terminal.js"

type Task = ListrTaskObject<unknown, ListrRendererFactory, ListrRendererFactory>

/** What a list is shown under. */
interface LiveOptions {
  /** Line above the tasks, asked anew for each picture. */
  readonly heading?: () => string
}

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
const hideCursor = "\x1b[?25l"
const showCursor = "\x1b[?25h"

/**
 * Shows the tasks of a listr2 list while they run: a line each on standard error, for standard output belongs to
 * results. Of tasks that do not all fit the window it shows those that matter now and counts the others; at the end
 * each has its line.
 */
export class LiveRenderer {
  static readonly nonTTY: boolean = true // standard output may be a pipe
  static readonly rendererOptions: LiveOptions = {}
  static readonly rendererTaskOptions: Record<string, never> = {}
  #timer: NodeJS.Timeout | undefined
  /** Lines of the last picture. */
  #height = 0

  constructor(
    private readonly tasks: readonly Task[],
    private readonly options: LiveOptions = {},
  ) {}

  readonly render = (): void => {
    process.stderr.write(hideCursor)
    process.once("exit", this.#release)
    this.#draw(this.#fitting())
    this.#timer = setInterval(() => this.#draw(this.#fitting()), 100)
  }

  readonly end = (): void => {
    clearInterval(this.#timer)
    this.#draw([...this.#heading(), ...this.tasks.flatMap((task) => this.#linesOf(task))])
    process.off("exit", this.#release)
    this.#release()
  }

  readonly #release = (): void => {
    process.stderr.write(showCursor)
  }

  /** Replaces the last picture by these lines. */
  #draw(lines: readonly string[]): void {
    const back = this.#height > 0 ? `\x1b[${this.#height}A` : ""
    // Line by line: a terminal that is cleared as a whole may keep the old picture in its history.
    process.stderr.write(`${back}\r${lines.map((line) => `\x1b[2K${line}\n`).join("")}\x1b[J`)
    this.#height = lines.length
  }

  #fitting(): string[] {
    const heading = this.#heading()
    const room = Math.max(3, (process.stderr.rows || 24) - heading.length - 1)
    const lines = this.tasks.map((task) => ({ task, lines: this.#linesOf(task) }))
    if (lines.flatMap((each) => each.lines).length <= room)
      return [...heading, ...lines.flatMap((each) => each.lines)]
    const shown = new Set([...this.tasks].sort((left, right) => rank(left) - rank(right)).slice(0, room - 1))
    const rest = this.tasks.filter((task) => !shown.has(task))
    const failed = rest.filter((task) => task.hasFailed()).length
    const done = rest.filter((task) => task.isCompleted() && !task.hasFailed()).length
    const waiting = rest.length - done - failed
    const more = [
      ...(failed > 0 ? [`${failed} more failed`] : []),
      ...(done > 0 ? [`${done} more done`] : []),
      ...(waiting > 0 ? [`${waiting} more waiting`] : []),
    ]
    return [
      ...heading,
      ...lines.flatMap((each) => (shown.has(each.task) ? each.lines.slice(0, 1) : [])),
      this.#cut(`${this.#indent()}  … ${more.join(", ")}`),
    ]
  }

  #heading(): string[] {
    return this.options.heading ? [this.#cut(this.options.heading())] : []
  }

  #linesOf(task: Task): string[] {
    const line = this.#cut(`${this.#indent()}${markOf(task)} ${task.title ?? ""}`)
    const detail = task.isPending() && task.output ? [this.#cut(`${this.#indent()}  › ${task.output}`)] : []
    return [painted(line, task), ...detail]
  }

  #indent(): string {
    return this.options.heading ? "  " : ""
  }

  #cut(line: string): string {
    return cut(line, (process.stderr.columns || 80) - 1)
  }
}

/** What to show first when not all fits. */
function rank(task: Task): number {
  if (task.isPending()) return 0
  if (task.hasFailed()) return 1
  return task.isCompleted() ? 2 : 3
}

function markOf(task: Task): string {
  if (task.hasFailed()) return marks.failed
  if (task.isCompleted()) return marks.done
  if (!task.isPending()) return marks.waiting
  return spinner[Math.floor(Date.now() / 100) % spinner.length] ?? ""
}

/** Colour is decoration: the mark says the same. */
function painted(line: string, task: Task): string {
  if (process.env["NO_COLOR"]) return line
  if (task.hasFailed()) return line.replace(marks.failed, (mark) => coloured(31, mark))
  if (task.isCompleted()) return line.replace(marks.done, (mark) => coloured(32, mark))
  return task.isPending() ? line : coloured(2, line)
}

function coloured(code: number, text: string): string {
  return `\x1b[${code}m${text}\x1b[0m`
}
