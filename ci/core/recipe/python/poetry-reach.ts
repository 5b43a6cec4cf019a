import { posix } from "node:path"
import { failure, success, type Result } from "../../result.js"
import { normalName } from "./names.js"
import { fittingFiles, type LockedDistribution, type Reached } from "./packages.js"
import {
  poetryDependency,
  poetryFolder,
  type PoetryDependency,
  type PoetryLock,
  type PoetryPackage,
} from "./poetry-lock.js"
import { lineOf, type Pyproject } from "./pyproject.js"
import { parseRequirement } from "./requirement.js"
import type { ReachRequest } from "./uv-reach.js"
import type { WheelTarget } from "./wheel.js"

/** The slice of a `poetry.lock` that a service reaches, for one environment and platform. */
export function reachInPoetryLock(
  lock: PoetryLock,
  pyproject: Pyproject,
  request: ReachRequest,
): Result<Reached> {
  const reached = walk(lock, pyproject, request)
  const results = reached
    .filter(({ source }) => source?.type !== "directory")
    .map((each) => distribution(each, lock, request.target))
  const problems = results.flatMap((each) => (each.ok ? [] : each.problems))
  if (problems.length > 0) return failure(...problems)
  return success({
    distributions: results.flatMap((each) => (each.ok ? [each.value] : [])),
    folders: reached
      .flatMap((each) => poetryFolder(each, lock) ?? [])
      .filter((folder) => folder !== request.folder)
      .sort(),
    indexes: [
      ...new Set(reached.flatMap(({ source }) => (source?.type === "legacy" ? [source.url] : []))),
    ].sort(),
  })
}

/** Folders and files of the repository that a project's packages are in, whatever else is wrong with the lock. */
export function localsInPoetryLock(
  lock: PoetryLock,
  pyproject: Pyproject,
  request: ReachRequest,
): { readonly folders: readonly string[]; readonly archives: readonly string[] } {
  const reached = walk(lock, pyproject, request)
  return {
    folders: reached.flatMap((each) => poetryFolder(each, lock) ?? []),
    archives: reached.flatMap(({ source }) =>
      source?.type === "file" ? [posix.join(posix.dirname(lock.file), source.url)] : [],
    ),
  }
}

function walk(lock: PoetryLock, pyproject: Pyproject, request: ReachRequest): readonly PoetryPackage[] {
  const groups = [...(request.onlyGroups === true ? [] : ["main"]), ...request.groups].map(normalName)
  return lock.packages.every((each) => each.groups !== undefined)
    ? byGroups(lock, groups, request)
    : byDependencies(lock, rootDependencies(pyproject, groups), request)
}

/** Since format 2.1 the lock says of each package when it is installed. */
function byGroups(
  lock: PoetryLock,
  wanted: readonly string[],
  { holds }: ReachRequest,
): readonly PoetryPackage[] {
  return lock.packages.filter((each) =>
    (each.groups ?? []).some((group) => {
      if (!wanted.includes(normalName(group))) return false
      const markers = typeof each.markers === "string" ? each.markers : each.markers?.[group]
      return holds(markers)
    }),
  )
}

interface Wanted {
  readonly name: string
  readonly dependency: PoetryDependency
}

/** What a project itself depends on, in Poetry's own tables or in the standard one. */
function rootDependencies(pyproject: Pyproject, groups: readonly string[]): readonly Wanted[] {
  const { project, tool } = pyproject
  const table = (dependencies: Readonly<Record<string, unknown>> | undefined): readonly Wanted[] =>
    Object.entries(dependencies ?? {})
      .filter(([name]) => name !== "python")
      .map(([name, value]) => ({
        name: normalName(name),
        dependency: poetryDependency.catch("*").parse(value),
      }))
  const standard = (project?.dependencies ?? []).flatMap((text) => {
    const read = parseRequirement(text)
    if (read === undefined) return []
    const { name, extras, marker } = read
    return [
      {
        name,
        dependency: {
          extras: [...extras],
          optional: false,
          ...(marker === undefined ? {} : { markers: marker }),
        },
      },
    ]
  })
  const isWanted = (group: string): boolean => groups.includes(normalName(group))
  return [
    ...(isWanted("main") ? [...table(tool.poetry?.dependencies), ...standard] : []),
    ...(isWanted("dev") ? table(tool.poetry?.["dev-dependencies"]) : []),
    ...Object.entries(tool.poetry?.group ?? {}).flatMap(([group, { dependencies }]) =>
      isWanted(group) ? table(dependencies) : [],
    ),
  ]
}

/** Locks of format 2.0 hold a graph only: it is walked. */
function byDependencies(
  lock: PoetryLock,
  roots: readonly Wanted[],
  { holds }: ReachRequest,
): readonly PoetryPackage[] {
  const seen = new Map<PoetryPackage, Set<string>>()
  const visit = ({ name, dependency }: Wanted, ofExtras: ReadonlySet<string>): void => {
    for (const each of [dependency].flat()) {
      const { extras = [], markers, optional = false } = typeof each === "string" ? {} : each
      if (!holds(markers, ofExtras) || (optional && ofExtras.size === 0)) continue
      for (const found of lock.packages.filter((one) => normalName(one.name) === normalName(name))) {
        const held = seen.get(found) ?? new Set<string>()
        const added = extras.map(normalName).filter((extra) => !held.has(extra))
        if (seen.has(found) && added.length === 0) continue
        seen.set(found, held)
        for (const extra of added) held.add(extra)
        for (const [inner, value] of Object.entries(found.dependencies))
          if (isAsked(inner, value, found, held)) visit({ name: inner, dependency: value }, held)
      }
    }
  }
  for (const root of roots) visit(root, new Set())
  return [...seen.keys()]
}

/** An optional dependency is asked for by the extras that name it. */
function isAsked(
  name: string,
  dependency: PoetryDependency,
  { extras }: PoetryPackage,
  wanted: ReadonlySet<string>,
): boolean {
  const isOptional = [dependency].flat().every((each) => typeof each !== "string" && each.optional)
  if (!isOptional) return true
  return Object.entries(extras).some(
    ([extra, requirements]) =>
      wanted.has(normalName(extra)) &&
      requirements.some((each) => normalName(/^[\w.-]+/.exec(each)?.[0] ?? "") === normalName(name)),
  )
}

function distribution(
  { name, version, files, source }: PoetryPackage,
  { file, text }: PoetryLock,
  target: WheelTarget,
): Result<LockedDistribution> {
  const line = lineOf(text, new RegExp(`^name = "${name}"$`))
  const place = { file, ...(line === undefined ? {} : { line }) }
  if (source?.type === "git") {
    return failure({
      ...place,
      message: `${name} comes from git, which has no hash. Publish it, or put it into the repository.`,
    })
  }
  const fitting = fittingFiles(
    files.map((each) => ({ name: each.file, hash: each.hash })),
    target,
  )
  if (fitting.hashes.length === 0) {
    return failure({
      ...place,
      message: `${name} ${version} has neither a wheel for ${target.platform} and Python nor sources.`,
    })
  }
  if (source?.type === "url") return success({ name, version, url: source.url, ...fitting })
  if (source?.type === "file") {
    const path = posix.join(posix.dirname(file), source.url)
    return success({ name, version, url: `file:///src/${path}`, ...fitting })
  }
  return success({ name, version, ...fitting })
}
