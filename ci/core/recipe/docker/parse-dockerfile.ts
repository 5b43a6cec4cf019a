/** One word of an instruction, without its quotes, with its place in the Dockerfile's text. */
export interface DockerWord {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals. */
  readonly keyword: string
  /** From 1. */
  readonly line: number
  /** Options in front, as in `--from=builder`. */
  readonly flags: readonly DockerWord[]
  /** What follows them; the items of the JSON form. */
  readonly words: readonly DockerWord[]
  /** Everything after the options, without continuations and comments. */
  readonly rest: string
  /** Where that begins, and where the last line of the instruction ends but for its here-documents. */
  readonly restStart: number
  readonly end: number
  /** Written as ["program", "argument"]. */
  readonly isJson: boolean
  readonly heredocs: readonly Heredoc[]
}

/** A here-document: its name, and what is in it. */
export interface Heredoc {
  readonly name: string
  readonly text: string
  readonly start: number
  /** Where its closing line ends. */
  readonly end: number
}

/** A Dockerfile, read but not understood. */
export interface Dockerfile {
  readonly text: string
  /** `syntax` and `escape` lines at its top, by name. */
  readonly directives: ReadonlyMap<
    string,
    { readonly value: string; readonly start: number; readonly end: number }
  >
  readonly instructions: readonly Instruction[]
}

interface Line {
  readonly text: string
  readonly start: number
}

/** Reads a Dockerfile as BuildKit does: directives, continued lines, comments between them, here-documents. */
export function parseDockerfile(text: string): Dockerfile {
  const lines = linesOf(text)
  const directives = directivesOf(lines)
  const escape = directives.get("escape")?.value === "`" ? "`" : "\\"
  const instructions: Instruction[] = []
  let index = 0
  while (index < lines.length) {
    if (isSkipped(lines[index])) {
      index++
      continue
    }
    const first = index
    const logical = new Logical()
    for (; index < lines.length; index++) {
      const line = lines[index]
      if (line === undefined || (index > first && isSkipped(line))) continue
      const continued = new RegExp(`\\${escape}[ \\t]*$`).exec(line.text)
      logical.add(line.text.slice(0, continued?.index), line.start)
      if (continued === null) break
    }
    index++
    const [heredocs, next] = heredocsOf(logical.text, lines, index)
    index = next
    instructions.push(instructionOf(logical, first + 1, heredocs))
  }
  return { text, directives, instructions }
}

function linesOf(text: string): readonly Line[] {
  let start = 0
  return text.split("\n").map((line) => {
    const from = start
    start += line.length + 1
    return { text: line.replace(/\r$/, ""), start: from }
  })
}

function isSkipped(line: Line | undefined): boolean {
  return line === undefined || /^\s*(#|$)/.test(line.text)
}

function directivesOf(lines: readonly Line[]): Dockerfile["directives"] {
  const found = new Map<string, { value: string; start: number; end: number }>()
  for (const { text, start } of lines) {
    const [, name, value] = /^\uFEFF?\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*?)\s*$/.exec(text) ?? []
    if (name === undefined || value === undefined) break
    found.set(name.toLowerCase(), { value, start, end: start + text.length })
  }
  return found
}

/** An instruction on one line, with the place of each letter in the text. */
class Logical {
  text = ""
  private readonly places: number[] = []

  add(part: string, start: number): void {
    for (let offset = 0; offset < part.length; offset++) this.places.push(start + offset)
    this.text += part
  }

  /** Where a letter stands in the Dockerfile. */
  place(index: number): number {
    return this.places[index] ?? (this.places.at(-1) ?? -1) + 1
  }

  end(): number {
    return (this.places.at(-1) ?? -1) + 1
  }
}

function heredocsOf(
  logical: string,
  lines: readonly Line[],
  from: number,
): readonly [readonly Heredoc[], number] {
  let index = from
  if (!/^\s*(RUN|COPY|ADD)\s/i.test(logical)) return [[], index]
  const starts = [...logical.matchAll(/(?<!<)<<(-?)(?:"([^"\s]+)"|'([^'\s]+)'|([A-Za-z_][A-Za-z0-9_.]*))/g)]
  const heredocs = starts.map(([, dash, double, single, bare]): Heredoc => {
    const name = double ?? single ?? bare ?? ""
    const start = lines[index]?.start ?? 0
    const body: string[] = []
    for (; index < lines.length; index++) {
      const text = lines[index]?.text ?? ""
      if ((dash === "-" ? text.replace(/^\t+/, "") : text) === name) break
      body.push(text)
    }
    const closing = lines[index]
    index++
    return {
      name,
      text: body.join("\n"),
      start,
      end: (closing?.start ?? start) + (closing?.text.length ?? 0),
    }
  })
  return [heredocs, index]
}

function instructionOf(logical: Logical, line: number, heredocs: readonly Heredoc[]): Instruction {
  const words = wordsOf(logical, /\S+/g)
  const [keyword, ...others] = words
  const count = others.findIndex(({ text }) => !text.startsWith("--"))
  const flags = count === -1 ? others : others.slice(0, count)
  const plain = count === -1 ? [] : others.slice(count)
  const restStart = plain[0]?.start ?? logical.end()
  const from =
    plain[0] === undefined
      ? logical.text.length
      : logical.text.indexOf(plain[0].text, offsetOf(logical, restStart))
  const rest = logical.text.slice(from).trim()
  const json = jsonItems(rest)
  const items = json?.map((text) => ({ text, start: restStart, end: logical.end() }))
  return {
    keyword: (keyword?.text ?? "").replace(/^\uFEFF/, "").toUpperCase(),
    line,
    flags,
    words: items ?? plain.map((word) => ({ ...word, text: word.text.replace(/^(["'])(.*)\1$/, "$2") })),
    rest,
    restStart,
    end: logical.end(),
    isJson: json !== undefined,
    heredocs,
  }
}

function offsetOf(logical: Logical, place: number): number {
  for (let index = 0; index < logical.text.length; index++) if (logical.place(index) === place) return index
  return 0
}

function wordsOf(logical: Logical, pattern: RegExp): readonly DockerWord[] {
  return [...logical.text.matchAll(pattern)].map((match) => ({
    text: match[0],
    start: logical.place(match.index),
    end: logical.place(match.index + match[0].length - 1) + 1,
  }))
}

function jsonItems(rest: string): readonly string[] | undefined {
  if (!rest.startsWith("[")) return undefined
  try {
    const parsed: unknown = JSON.parse(rest)
    return Array.isArray(parsed) && parsed.every((item) => typeof item === "string") ? parsed : undefined
  } catch {
    return undefined
  }
}
