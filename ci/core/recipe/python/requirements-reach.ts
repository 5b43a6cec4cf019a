import { posix } from "node:path"
import type { AskedRequirements } from "../../lock/requirements.js"
import type { Problem } from "../../problem.js"
import { failure, problemsOf, success, valuesOf, type Result } from "../../result.js"
import { askedByFile } from "./asked.js"
import { minorOf } from "./interpreter.js"
import { normalName } from "./names.js"
import type { LockedDistribution, Reached } from "./packages.js"
import { readPyproject, type Texts } from "./pyproject.js"
import { readRequirements, type RequirementLine, type RequirementsFile } from "./requirements-txt.js"
import type { ReachRequest } from "./uv-reach.js"

/** What requirements files hold for a target. */
export interface ReachedRequirements extends Reached {
  /** True when the service's own folder is among the requirements. */
  readonly isPackage: boolean
  readonly files: readonly string[]
  /** Where no requirement has a hash: what slipway.lock is to answer, in place of `distributions`. */
  readonly asked?: AskedRequirements
}

/** The packages of a requirements file for one platform: each has one version and its hashes, or none has hashes. */
export function reachInRequirements(
  file: string,
  texts: Texts,
  paths: readonly string[],
  { folder, target, holds }: ReachRequest,
): Result<ReachedRequirements> {
  const read = readRequirements(file, folder, texts)
  const absent = read.files.filter((each) => texts.get(each) === undefined)
  const isOpen = [...read.requirements, ...read.constraints].every(({ hashes }) => hashes.length === 0)
  const wanted = read.requirements.filter(({ marker }) => holds(marker)).map((line) => pinned(line, read))
  const problems = [
    ...read.problems,
    ...absent.map((each) => ({ file, message: `it includes ${each}, which is not there.` })),
    ...(isOpen ? [] : loose(wanted, file, folder, paths)),
    ...read.archives
      .filter(({ hashes }) => hashes.length === 0)
      .map(({ path, file, line }) => ({ file, line, message: `${path} has no --hash=sha256:….` })),
  ]
  if (problems.length > 0) return failure(...problems)
  const isBuilt = (name: string): boolean =>
    read.built.some((each) => each === ":all:" || normalName(each) === name)
  const archives = read.archives.map(({ path, hashes }): LockedDistribution => {
    const [name = "", version = ""] = posix.basename(path).split("-")
    return {
      name: normalName(name),
      version,
      url: `file:///src/${path}`,
      hashes,
      isBuilt: !path.endsWith(".whl"),
    }
  })
  const locals = read.folders.map((each) => readPyproject(each, texts))
  const broken = locals.flatMap(problemsOf)
  if (broken.length > 0) return failure(...broken)
  const asked = askedByFile(
    read,
    valuesOf(locals).filter((each) => each !== undefined),
    minorOf(target.version),
  )
  return success({
    ...(isOpen && asked.lines.length > 0 ? { asked } : {}),
    distributions: [...(isOpen ? [] : unique(wanted, isBuilt)), ...archives],
    folders: read.folders.filter((each) => each !== folder).sort(),
    isPackage: read.folders.includes(folder),
    indexes: [...new Set(read.indexes)].sort(),
    files: read.files,
  })
}

/** A requirement with the version and the hashes that a constraint may hold in its place. */
function pinned(line: RequirementLine, { constraints }: RequirementsFile): RequirementLine {
  const constraint = constraints.find(({ name }) => name === line.name)
  if (constraint === undefined || (exactVersion(line) !== undefined && line.hashes.length > 0)) return line
  return {
    ...line,
    specifiers: exactVersion(line) === undefined ? constraint.specifiers : line.specifiers,
    hashes: [...line.hashes, ...constraint.hashes],
  }
}

function exactVersion({ specifiers }: RequirementLine): string | undefined {
  const [, version] = specifiers.length === 1 ? (/^===?([^*]+)$/.exec(specifiers[0] ?? "") ?? []) : []
  return version
}

/** Requirements without one version and hashes, told once with the command that makes them. */
function loose(
  lines: readonly RequirementLine[],
  file: string,
  folder: string,
  paths: readonly string[],
): readonly Problem[] {
  const open = lines.filter(
    (line) => line.hashes.length === 0 || (line.url === undefined && exactVersion(line) === undefined),
  )
  const [first] = open
  if (first === undefined) return []
  const others = open.length === 1 ? "" : ` and ${open.length - 1} more`
  const output = posix.relative(folder, file)
  const input = output.replace(/\.txt$/, ".in")
  const compile = `uv pip compile --generate-hashes --python-version 3.13 ${input} -o ${output}`
  const isThere = paths.includes(posix.join(folder, input))
  const command = isThere ? compile : `git mv ${output} ${input} && ${compile}`
  const lack = exactVersion(first) === undefined && first.url === undefined ? "one exact version" : "--hash"
  const message = `${first.name}${others} lack ${lack}, which pins what is installed. Run in ${folder}: ${command}`
  return [
    {
      file: first.file,
      line: first.line,
      message: others === "" ? message.replace(" lack ", " lacks ") : message,
    },
  ]
}

/** A package that several files name is installed once. */
function unique(
  lines: readonly RequirementLine[],
  isBuilt: (name: string) => boolean,
): readonly LockedDistribution[] {
  const byName = new Map<string, LockedDistribution>()
  for (const line of lines) {
    const { name, url, hashes } = line
    const known = byName.get(name)
    byName.set(name, {
      name,
      version: exactVersion(line) ?? "",
      ...(url === undefined ? {} : { url: url.replace(/#.*$/, "") }),
      hashes: [...new Set([...(known?.hashes ?? []), ...hashes])].sort(),
      isBuilt: isBuilt(name),
    })
  }
  return [...byName.values()]
}
