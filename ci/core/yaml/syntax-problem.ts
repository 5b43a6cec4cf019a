import type { LineCounter, YAMLError } from "yaml"
import type { Problem } from "../problem.js"

/** A YAML syntax error in our words where ours are clearer than the parser's. */
export function syntaxProblem(error: YAMLError, file: string, lines: LineCounter): Problem {
  return { file, line: lines.linePos(error.pos[0]).line, message: inOurWords(error) }
}

function inOurWords(error: YAMLError): string {
  switch (error.code) {
    case "TAB_AS_INDENT":
      return "a tab indents this line, and YAML allows only spaces. Replace it by spaces."
    case "DUPLICATE_KEY":
      return "this key is there twice. Keep one of them."
    case "MULTIPLE_DOCS":
      return "a second YAML document begins. Keep one document in the file."
    default:
      return `this is no YAML: ${firstSentence(error.message)}.`
  }
}

function firstSentence(message: string): string {
  const line = message.split("\n")[0] ?? message
  return line.charAt(0).toLowerCase() + line.slice(1).replace(/[.:]$/, "")
}
