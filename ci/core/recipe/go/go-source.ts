/** What one .go file says of other files, before its first line of code. */
export interface GoSource {
  /** Of its package; `main` where that is a program. */
  readonly name: string
  readonly imports: readonly GoImport[]
  /** Patterns of the files that are embedded, relative to the file's folder. */
  readonly embeds: readonly string[]
  /** Built only when somebody asks for this very file: a generator, not a part of the package. */
  readonly isIgnored: boolean
}

/** One imported package. */
export interface GoImport {
  readonly path: string
  readonly line: number
}

const blank = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y
const importWord = /import\b/y
const importSpec = /(?:(?:[\p{L}_][\p{L}\p{N}_]*|\.)[ \t]+)?(?:"([^"\n]*)"|`([^`]*)`)/uy

/** Reads a Go file as far as its imports go, and its embed directives. */
export function readGoSource(text: string): GoSource {
  const reader = new Reader(text)
  const header = reader.skipBlank()
  reader.take(/package\b/y)
  reader.skipBlank()
  const [name = ""] = reader.take(/[\p{L}_][\p{L}\p{N}_]*/uy) ?? []
  return { name, imports: imports(reader), embeds: embeds(text), isIgnored: isIgnored(header) }
}

function imports(reader: Reader): readonly GoImport[] {
  const found: GoImport[] = []
  const spec = (): boolean => {
    reader.skipBlank()
    const { line } = reader
    const match = reader.take(importSpec)
    if (match === undefined) return false
    found.push({ path: match[1] ?? match[2] ?? "", line })
    return true
  }
  for (;;) {
    reader.skipBlank()
    if (reader.take(importWord) === undefined) return found
    reader.skipBlank()
    if (reader.take(/\(/y) === undefined) spec()
    else while (spec());
    reader.skipBlank()
    reader.take(/\)/y)
  }
}

/** Semicolons between declarations are blanks here. */
class Reader {
  private at = 0

  constructor(private readonly text: string) {
    if (text.startsWith("\uFEFF")) this.at = 1
  }

  get line(): number {
    return this.text.slice(0, this.at).split("\n").length
  }

  /** Skips blanks and comments, and returns them. */
  skipBlank(): string {
    const from = this.at
    while (this.take(blank) !== undefined || this.take(/;/y) !== undefined);
    return this.text.slice(from, this.at)
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text) ?? undefined
    if (match !== undefined) this.at = pattern.lastIndex
    return match
  }
}

function embeds(text: string): readonly string[] {
  if (!text.includes("//go:embed")) return []
  return [...text.matchAll(/^\/\/go:embed[ \t]+(.+)$/gm)].flatMap(([, patterns = ""]) =>
    [...patterns.matchAll(/"([^"]*)"|`([^`]*)`|\S+/g)].map(([word, quoted, raw]) =>
      (quoted ?? raw ?? word).replace(/^all:/, ""),
    ),
  )
}

function isIgnored(header: string): boolean {
  return /^\/\/(go:build|[ \t]*\+build)\b.*(^|[^!\w])ignore\b/m.test(header)
}
