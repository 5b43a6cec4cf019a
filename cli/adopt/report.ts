import { posix } from "node:path"
import type { Proposal } from "../../ci/core/adopt/proposal.js"
import type { Found } from "../../ci/core/adopt/find-services.js"
import { renderProblems, type Problem } from "../../ci/core/problem.js"
import type { Adoption } from "../../ci/io/adopt-services.js"
import type { Options } from "../arguments.js"
import { columns, cut, shellPath } from "../output/format.js"
import { say } from "../output/terminal.js"
import { terminalOf } from "../terminal-of.js"
import { exitCodes } from "../user-error.js"
import type { Remaining } from "./remaining.js"

const width = 100
/** So many folders that are no services are told by name. */
const mostOthers = 8

/** A table of adopted services: what they are, how that is known, and what is left to say. */
export function adoptionTable(adoptions: readonly Adoption[]): readonly string[] {
  const rows = adoptions.map(({ name, folder, proposal }) => [
    name,
    proposal.language,
    String(proposal.settings.port ?? "–"),
    leftToSay(proposal).join(", ") || "–",
    posix.join(folder, proposal.from),
  ])
  const headings = ["service", "language", "port", "left to say", "known from"]
  const table = columns([headings, ...rows]).map((line, index) =>
    withoutStart(line, rows[index - 1]?.at(-1) ?? ""),
  )
  return [...table, "", ...builtFromDockerfile(adoptions)]
}

/** A line that fits a terminal; of a path at its end, the end is what tells. */
function withoutStart(line: string, path: string): string {
  const excess = [...line].length - width
  return excess <= 0
    ? line
    : `${line.slice(0, line.length - path.length)}…${[...path].slice(excess + 1).join("")}`
}

/** Services whose own language could not build them: their manifests say why. */
function builtFromDockerfile(adoptions: readonly Adoption[]): readonly string[] {
  const names = adoptions.filter(({ proposal }) => proposal.notes !== undefined).map(({ name }) => name)
  if (names.length === 0) return []
  return [
    "From their Dockerfiles, for what their service.yaml says:",
    ...names.map((name) => `  ${name}`),
    "",
  ]
}

/** Settings that a person should look at. */
export function leftToSay({ hints }: Proposal): readonly string[] {
  return hints.filter(({ isNeeded }) => isNeeded).map(({ setting }) => setting)
}

/** Folders that looked like services, and why they are none. */
export function leftOut(others: Found["others"]): readonly string[] {
  const libraries = others
    .filter(({ kind }) => kind === "library")
    .map(({ folder, what }) => `${folder} (${what})`)
  const more = libraries.length - mostOthers
  const shown = [...libraries.slice(0, mostOthers), ...(more > 0 ? [`${more} more`] : [])]
  return [
    ...withoutRecipe(others),
    ...(shown.length === 0 ? [] : ["No services:", ...shown.map((each) => `  ${cut(each, width - 2)}`), ""]),
  ]
}

/** Programs that Slipway cannot build. */
export function withoutRecipe(others: Found["others"]): readonly string[] {
  return others.filter(({ kind }) => kind === "foreign").map(({ folder, what }) => noRecipe(folder, what))
}

/** Folders in which nobody could look. */
export function deniedLines(folders: readonly string[]): readonly string[] {
  if (folders.length === 0) return []
  const more = folders.length - mostOthers
  const named = `${folders.slice(0, mostOthers).join(", ")}${more > 0 ? ` and ${more} more` : ""}`
  return [`Not searched, since they may not be read: ${named}`]
}

/** What is wrong with files that would tell whether a folder is a service. */
export function brokenLines(problems: readonly Problem[]): readonly string[] {
  return problems.length === 0 ? [] : [renderProblems(problems, { nothing: "to mend before it is adopted" })]
}

/** By what a service is known. */
export const whatServicesHave =
  "A service has a package.json, go.mod, pyproject.toml, requirements.txt, Cargo.toml, pom.xml, index.html or Dockerfile, and something to start."

/** What is told of a program that Slipway cannot build. */
export function noRecipe(folder: string, what: string): string {
  return `${folder}: there is no recipe for ${what}. Add a Dockerfile there, and run ./slipway adopt ${shellPath(folder)}.`
}

/** Problems that stand in the way of a build, and what to type next. */
export function whatNext({ problems, next }: Remaining): readonly string[] {
  if (problems.length === 0) return [`Next: ${next.join(", then ")}`]
  const told = renderProblems(problems, { nothing: "to mend before a build" })
  return ["", told, "", `Then: ${next.join(", then ")}`]
}

/** Says lines to people. */
export function sayAll(options: Options, lines: readonly string[]): void {
  const terminal = terminalOf(options)
  for (const line of lines) say(terminal, line)
}

/** Prints a result for scripts, and returns the exit code of a command that is done. */
export function printJson(result: unknown): number {
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`)
  return exitCodes.done
}

/** Prints files that are not written. */
export function printFiles(files: readonly { readonly file: string; readonly text: string }[]): void {
  process.stdout.write(files.map(({ file, text }) => `# ${file}\n${text}`).join("\n"))
}

/** Adoptions as scripts read them. */
export function adoptionsAsJson(adoptions: readonly Adoption[]): readonly unknown[] {
  return adoptions.map(({ name, folder, file, text, proposal }) => ({
    name,
    folder,
    file,
    language: proposal.language,
    from: proposal.from,
    port: proposal.settings.port ?? null,
    left: leftToSay(proposal),
    manifest: text,
  }))
}
