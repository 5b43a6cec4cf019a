import { stripVTControlCharacters } from "node:util"

/** Colours of prefixes: those of a terminal that can be read on black and on white. */
const palette = [36, 33, 35, 32, 34, 31, 96, 93, 95, 92, 94, 91]

/** How many lines are kept of each service, for the story of its end. */
const kept = 20

/** Puts the output of several services together: whole lines, each with its service's name in front. */
export class ServiceLogs {
  readonly #width: number
  readonly #open = new Map<string, string>()
  readonly #last = new Map<string, string[]>()

  constructor(
    /** All names that can come, in a fixed order, which gives each its colour. */
    private readonly names: readonly string[],
    private readonly write: (line: string) => void,
    private readonly colours: boolean,
  ) {
    this.#width = Math.max(...names.map((name) => name.length))
  }

  /** Takes a piece of output; what does not end a line yet waits for the rest of it. */
  add(name: string, stream: string, text: string): void {
    const key = `${name} ${stream}`
    const lines = `${this.#open.get(key) ?? ""}${text}`.split("\n")
    this.#open.set(key, lines.pop() ?? "")
    for (const line of lines) this.#print(name, line)
  }

  /** Prints what a service left without an end of line. */
  end(name: string): void {
    for (const stream of ["stdout", "stderr"]) {
      const rest = this.#open.get(`${name} ${stream}`) ?? ""
      this.#open.delete(`${name} ${stream}`)
      if (rest !== "") this.#print(name, rest)
    }
  }

  /** The last lines of a service, the oldest first. */
  lastLines(name: string): readonly string[] {
    return this.#last.get(name) ?? []
  }

  #print(name: string, line: string): void {
    const plain = stripVTControlCharacters(line.replace(/\r+$/, ""))
    this.#last.set(name, [...(this.#last.get(name) ?? []), plain].slice(-kept))
    const prefix = `${name.padEnd(this.#width)} |`
    const colour = palette[this.names.indexOf(name) % palette.length] ?? 36
    this.write(`${this.colours ? `\x1b[${colour}m${prefix}\x1b[0m` : prefix} ${plain}`)
  }
}
