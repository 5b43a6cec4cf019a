import { parseDockerfile, type Instruction } from "./parse-dockerfile.js"

/** The RUN line that failed, and a Dockerfile whose image holds nothing but what it prints. */
export interface FailedRun {
  readonly line: number
  readonly command: string
  /** Its image has one file, log; absent where the line calls no shell. */
  readonly logDockerfile?: string
}

const logFile = "/tmp/.slipway-run.log"

/**
 * Finds the RUN line of a command as BuildKit names it, `/bin/sh -c …`. BuildKit's error does not hold what the command
 * printed, so that it has to run once more: all before it is remembered.
 */
export function failedRun(text: string, process: string): FailedRun | undefined {
  const { instructions } = parseDockerfile(text)
  const wanted = withoutBlanks(process)
  const found = instructions.findIndex(
    (each) => each.keyword === "RUN" && wanted.endsWith(withoutBlanks(bodyOf(each))),
  )
  const instruction = instructions[found]
  if (instruction === undefined) return undefined
  const stage = instructions.slice(0, found).filter(({ keyword }) => keyword === "FROM").length - 1
  const logged = loggedText(text, instruction)
  const copy = `\nFROM scratch\nCOPY --from=${stage} ${logFile} /log\n`
  return {
    line: instruction.line,
    command: instruction.rest,
    ...(logged === undefined ? {} : { logDockerfile: logged + copy }),
  }
}

function bodyOf({ heredocs, rest, isJson, words }: Instruction): string {
  if (isJson) return words.map(({ text }) => text).join(" ")
  return heredocs[0] !== undefined && rest.startsWith("<<") ? heredocs[0].text : rest
}

/** The Dockerfile up to the line, which prints to a file and never fails. */
function loggedText(
  text: string,
  { heredocs, rest, restStart, end, isJson }: Instruction,
): string | undefined {
  const [heredoc] = heredocs
  if (isJson || heredoc?.text.startsWith("#!") === true) return undefined
  const isScript = heredoc !== undefined && rest.startsWith("<<")
  const at = isScript ? heredoc.start : restStart
  const prefix = `trap 'exit 0' EXIT; exec >${logFile} 2>&1${isScript ? "\n" : "; "}`
  return text.slice(0, at) + prefix + text.slice(at, heredocs.at(-1)?.end ?? end)
}

function withoutBlanks(text: string): string {
  return text.replace(/\s/g, "")
}
