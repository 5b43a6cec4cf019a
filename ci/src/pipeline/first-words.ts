import { dag, type Container } from "@dagger.io/dagger"
import { seed } from "../images/seed.js"
import { within } from "./within.js"

/** What an image's program printed while it ran for a moment. */
export interface FirstWords {
  /** Absent when it was still running at the end. */
  readonly exitCode?: number
  /** Standard output before standard error. */
  readonly output: string
}

const folder = "/.slipway"

/** Seconds that starting and ending the container may take beside the program's own time. */
const overhead = 20

/** Puts programs and all that they load into a folder, where they run even in an image that holds nothing. */
const collectScript = `
mkdir ${folder}
cp "$(command -v bash)" "$(command -v timeout)" ${folder}/
ldd ${folder}/bash ${folder}/timeout | grep -o '/lib[^ ]*' | sort -u | while read -r file; do cp -L "$file" ${folder}/; done
mv ${folder}/ld-* ${folder}/loader
`

const loader = [`${folder}/loader`, "--library-path", folder] as const

/**
 * Runs a program for so many seconds. What ends it must not end `timeout`, too. How it ended is the last line of
 * standard error: the engine takes codes of signals for a failure of its own.
 */
const runScript = `
${loader.join(" ")} ${folder}/timeout --foreground --signal=KILL "$@"
printf '\\n%s' $? >&2
`

/** As `timeout` ends after it has killed its program. */
const killed = 128 + 9

/**
 * Runs an image's program once more for so many seconds and returns what it printed: the engine keeps no output of
 * services. Throws when that cannot be had.
 */
export async function firstWords(image: Container, seconds: number): Promise<FirstWords> {
  const program = [...(await image.entrypoint()), ...(await image.defaultArgs())]
  const limited = [...loader, `${folder}/bash`, "-c", runScript, "run", String(seconds), ...program]
  const tools = dag.container().from(seed).withExec(["bash", "-ec", collectScript])
  const run = image.withMountedDirectory(folder, tools.directory(folder)).withExec(limited)
  const [stdout, stderr] = await within(seconds + overhead, Promise.all([run.stdout(), run.stderr()]))
  const lines = stderr.split("\n")
  const exitCode = Number(lines.pop())
  const output = `${stdout}\n${lines.join("\n")}`.trim()
  return { ...(exitCode === killed ? {} : { exitCode }), output }
}
