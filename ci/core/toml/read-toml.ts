import { parse, TomlError } from "smol-toml"
import { failure, success, type Result } from "../result.js"

/** Reads a TOML file as plain values, or tells the first line that is no TOML. */
export function readToml(text: string, file: string): Result<Readonly<Record<string, unknown>>> {
  try {
    return success(parse(text))
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    return failure({ file, line: error.line, message: `this is no TOML: ${reason(error)}.` })
  }
}

/** The parser's own words without its heading and the lines that it quotes. */
function reason({ message }: TomlError): string {
  const [first = ""] = message.split("\n")
  return first.replace(/^Invalid TOML document: /, "").replace(/[.:]$/, "")
}
