import { posix } from "node:path"
import type { Problem } from "../../problem.js"
import { parseRequirement, type Requirement } from "./requirement.js"
import type { Texts } from "./pyproject.js"

/** One requirement of a file, or of a file that it includes. */
export interface RequirementLine extends Requirement {
  readonly file: string
  readonly line: number
  readonly hashes: readonly string[]
}

/** What a requirements file and those that it includes say. */
export interface RequirementsFile {
  readonly file: string
  readonly requirements: readonly RequirementLine[]
  /** Versions without a wish to have the package: `-c`. */
  readonly constraints: readonly RequirementLine[]
  /** Folders of packages of the repository. */
  readonly folders: readonly string[]
  /** Wheels and archives of the repository, by path, each with where it was named. */
  readonly archives: readonly {
    readonly path: string
    readonly hashes: readonly string[]
    readonly file: string
    readonly line: number
  }[]
  readonly indexes: readonly string[]
  /** Names of packages that are built from their sources, as `--no-binary` says. */
  readonly built: readonly string[]
  /** Files that it consists of, whether they are there or not. */
  readonly files: readonly string[]
  readonly problems: readonly Problem[]
}

type Mutable = {
  -readonly [K in keyof RequirementsFile]: RequirementsFile[K] extends readonly (infer T)[]
    ? T[]
    : RequirementsFile[K]
}

/** Reads a requirements file as pip does: paths of packages are seen from `folder`, paths of files from their file. */
export function readRequirements(file: string, folder: string, texts: Texts): RequirementsFile {
  const found: Mutable = {
    file,
    requirements: [],
    constraints: [],
    folders: [],
    archives: [],
    indexes: [],
    built: [],
    files: [],
    problems: [],
  }
  readInto(found, file, { folder, texts, isConstraint: false })
  return found
}

interface Reading {
  readonly folder: string
  readonly texts: Texts
  readonly isConstraint: boolean
}

function readInto(found: Mutable, file: string, reading: Reading): void {
  if (found.files.includes(file)) return
  found.files.push(file)
  for (const { text, line } of logicalLines(reading.texts.get(file) ?? ""))
    readLine(found, text, { file, line }, reading)
}

/** Lines without comments, continued ones as one. */
function logicalLines(text: string): readonly { readonly text: string; readonly line: number }[] {
  const lines: { text: string; line: number }[] = []
  let isContinued = false
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const bare = raw.replace(/(^|\s)#.*$/, "")
    const part = bare.replace(/\\$/, " ")
    const last = lines.at(-1)
    if (isContinued && last) last.text += part
    else lines.push({ text: part, line: index + 1 })
    isContinued = bare.endsWith("\\")
  }
  return lines.map(({ text, line }) => ({ text: text.trim(), line })).filter(({ text }) => text !== "")
}

interface Place {
  readonly file: string
  readonly line: number
}

function readLine(found: Mutable, text: string, place: Place, reading: Reading): void {
  const [, option, value = ""] = /^(-[a-zA-Z]|--[a-z-]+)(?:[\s=]+(.*))?$/.exec(text) ?? []
  if (option === undefined) return readRequirement(found, text, place, reading)
  const included = posix.join(posix.dirname(place.file), value)
  switch (option) {
    case "-r":
    case "--requirement":
      return readInto(found, included, reading)
    case "-c":
    case "--constraint":
      return readInto(found, included, { ...reading, isConstraint: true })
    case "-e":
    case "--editable":
      return readRequirement(found, value, place, reading)
    case "-i":
    case "--index-url":
    case "--extra-index-url":
      if (!/^https:\/\/pypi\.org\/simple\/?$/.test(value)) found.indexes.push(value)
      return
    case "--no-binary":
      found.built.push(...value.split(/[\s,]+/))
      return
    case "--only-binary":
    case "--prefer-binary":
    case "--require-hashes":
    case "--pre":
    case "--use-feature":
    case "--trusted-host":
      return
    default:
      found.problems.push({ ...place, message: `the option ${option} is not known here. Leave it out.` })
  }
}

function readRequirement(found: Mutable, text: string, place: Place, reading: Reading): void {
  const hashes = [...text.matchAll(/--hash[=\s]+(\S+)/g)].map(([, hash = ""]) => hash)
  const bare = text.replaceAll(/\s--[a-z-]+(?:[=\s]+\S+)?/g, "").trim()
  const path = localPath(bare)
  if (path !== undefined) return readPath(found, path, hashes, place, reading)
  const read = parseRequirement(bare)
  if (read === undefined) {
    const message = /^(git|hg|svn|bzr)\+/.test(bare)
      ? "a package from version control has no hash. Publish it, or put it into the repository."
      : `"${bare}" is no requirement.`
    found.problems.push({ ...place, message })
    return
  }
  const list = reading.isConstraint ? found.constraints : found.requirements
  list.push({ ...read, ...place, hashes })
}

/** The path of `./libs/x[extra]`, `x @ file:../libs/x` and `file:libs/x`; undefined for all else. */
function localPath(text: string): string | undefined {
  const [, url] = /^(?:[\w.-]+(?:\[[^\]]*\])?\s*@\s*)?file:(\S+)/.exec(text) ?? []
  if (url !== undefined) return url.replace(/^\/\/(?=\/)/, "").replace(/[;#].*$/, "")
  if (
    !/^\.{0,2}\//.test(text) &&
    !/^\.{1,2}($|\[)/.test(text) &&
    !/^[^\s@=<>]+\/[^\s@]*$/.test(text) &&
    !/^\S+\.(whl|tar\.gz)$/.test(text)
  )
    return undefined
  return text.replace(/\s*;.*$/, "").replace(/\[[^\]]*\]$/, "")
}

function readPath(
  found: Mutable,
  path: string,
  hashes: readonly string[],
  place: Place,
  reading: Reading,
): void {
  if (path.startsWith("/")) {
    const message = `${path} is a path of one machine. Write it from ${reading.folder}, as in ./libs/name.`
    found.problems.push({ ...place, message })
    return
  }
  const inner = posix.join(reading.folder, path).replace(/\/$/, "")
  if (inner === ".." || inner.startsWith("../")) {
    found.problems.push({ ...place, message: `${path} leads out of the repository.` })
  } else if (/\.(whl|tar\.gz|zip)$/.test(inner)) {
    found.archives.push({ path: inner, hashes: [...hashes], ...place })
  } else if (!found.folders.includes(inner)) {
    found.folders.push(inner)
  }
}
