/** One thing that is wrong with what a person wrote: where, what was found, and what to do. */
export interface Problem {
  /** The file, relative to the repository's root. */
  readonly file: string
  /** Line in that file, from 1. */
  readonly line?: number
  /** The setting: keys and positions parted by dots, as in `health.http`. */
  readonly path?: string
  /** What was found and what to do, in a sentence or two. */
  readonly message: string
}

/** Each problem once: services that share a file share what is wrong with it. */
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ file, line, path, message }) => {
    const key = JSON.stringify([file, line, path, message])
    return !seen.has(key) && seen.add(key)
  })
}

/** Problems as a person reads them: a headline with counts, then file by file in the order of lines. */
export function renderProblems(problems: readonly Problem[], options: { readonly nothing: string }): string {
  const files = [...new Set(problems.map((problem) => problem.file))].sort()
  const headline = `${count(problems.length, "problem")} in ${count(files.length, "file")}, ${options.nothing}.`
  const blocks = files.flatMap((file) => {
    const found = problems.filter((problem) => problem.file === file).sort(byLine)
    return [file, ...found.map((problem) => `  ${renderOne(problem)}`)]
  })
  return [headline, ...blocks].join("\n")
}

function renderOne(problem: Problem): string {
  const line = problem.line === undefined ? undefined : `line ${problem.line}`
  const place = [line, problem.path].filter((part) => part !== undefined && part !== "").join(", ")
  return place === "" ? problem.message : `${place}: ${problem.message}`
}

function byLine(left: Problem, right: Problem): number {
  return (left.line ?? 0) - (right.line ?? 0)
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`
}
