import { failure, success, type Result } from "../result.js"

/** No manifest is longer than this; a longer file is a mistake or an attack. */
export const manifestByteLimit = 1_000_000

/** A file's text as it came from outside: its name, and the text or what was wrong with the bytes. */
export interface SourceText {
  readonly file: string
  readonly text: Result<string>
}

/** The problem of a file that is longer than its kind may be. */
export function tooLong(file: string, bytes: number, limit: number): Result<never> {
  const message = `the file has ${megabytes(bytes)} MB and may have at most ${megabytes(limit)} MB. Is it another file under this name?`
  return failure({ file, message })
}

/** The text of a file's bytes, which must be UTF-8; a byte-order mark is left out. */
export function decodeText(bytes: Uint8Array, file: string): Result<string> {
  try {
    return success(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    return failure({ file, message: "the file is not UTF-8 text. Save it in the encoding UTF-8." })
  }
}

function megabytes(bytes: number): string {
  return String(Number((bytes / 1_000_000).toPrecision(2)))
}
