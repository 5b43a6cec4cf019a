import { isMap, isScalar, LineCounter, parseAllDocuments, visit, type Document } from "yaml"
import type { Problem } from "../problem.js"
import { failure, success, type Result } from "../result.js"
import { syntaxProblem } from "./syntax-problem.js"

/** A read YAML file: its plain value, and where in the text each part of it stands. */
export interface YamlFile {
  readonly file: string
  readonly value: unknown
  /** The line of the part at a path, or of its nearest ancestor in the file. */
  line(path: readonly PropertyKey[]): number | undefined
}

/** Reads the one YAML document of a file, or every syntax error in it; `whenEmpty` says what an empty one lacks. */
export function readYaml(text: string, file: string, whenEmpty: string): Result<YamlFile> {
  const empty = failure({ file, message: `the file is empty. ${whenEmpty}` })
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false })
  const [document, second] = documents as Document.Parsed[]
  if (document === undefined) return empty
  const problems = firstOfEachLine(
    documents.flatMap((each) => each.errors.map((error) => syntaxProblem(error, file, lines))),
  )
  if (problems.length > 0) return failure(...problems)
  if (second !== undefined) {
    const line = lines.linePos(second.range[0]).line
    return failure({ file, line, message: "a second YAML document begins. Keep one document in the file." })
  }
  if (document.contents === null || document.contents.range === undefined) return empty
  const lost = unknownAliases(document, file, lines)
  if (lost.length > 0) return failure(...lost)
  keepExactNumbers(document)
  const read = toFile(document, file, lines)
  return read.ok && read.value.value === null ? empty : read
}

/** A parser that lost its way complains about the rest of the line too. */
function firstOfEachLine(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    (problem, index) => problems.findIndex((each) => each.line === problem.line) === index,
  )
}

function toFile(document: Document.Parsed, file: string, lines: LineCounter): Result<YamlFile> {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    return success({ file, value, line: (path) => lineOf(document, path, lines) })
  } catch {
    return failure({ file, message: "its aliases expand to far too much. Write the values out." })
  }
}

/** Leaves a number that would not read back the same, such as 1.20, as its text. */
function keepExactNumbers(document: Document.Parsed): void {
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === "number" && node.source !== undefined && String(node.value) !== node.source) {
        node.value = node.source
      }
    },
  })
}

function lineOf(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  lines: LineCounter,
): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const offset = offsetOf(document, path.slice(0, length))
    if (offset !== undefined) return lines.linePos(offset).line
  }
  return undefined
}

/** Where a part begins: at its key in a map, at its value in a list. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const last = String(path.at(-1))
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === last)
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
  }
  const node = document.getIn(path, true) as { range?: readonly number[] } | undefined
  return node?.range?.[0]
}

function unknownAliases(document: Document.Parsed, file: string, lines: LineCounter): readonly Problem[] {
  const problems: Problem[] = []
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return
      const line = lines.linePos(alias.range?.[0] ?? 0).line
      const message = `*${alias.source} stands for what &${alias.source} marks, and there is no such mark above it. Correct the name, or put the text in quotes.`
      problems.push({ file, line, message })
    },
  })
  return problems
}
