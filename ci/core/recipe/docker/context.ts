import { posix } from "node:path"
import { isWithin, pathWithin } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { dockerIgnore, type IgnoredBy } from "./dockerignore.js"
import { eachWithVariables, isRemote, sourcesOf } from "./outside.js"
import type { DockerStage, DockerVariant } from "./stages.js"

/** A file or folder of the context that some line reads. */
export interface Source {
  readonly path: string
  readonly line: number
  readonly keyword: string
}

/** What a build reads of its context. */
export interface ContextReach {
  /** The files, from the repository's root. */
  readonly files: readonly string[]
  readonly problems: readonly Problem[]
}

/** Where a build's context is, what is in it, and which of its files the build does not see. */
export interface DockerContext {
  readonly folder: string
  readonly paths: readonly string[]
  /** The Dockerfile. */
  readonly file: string
  readonly ignore?: { readonly file: string; readonly text: string }
}

/** The files of a context that the COPY and ADD lines of some stages and their mounts name. */
export function contextReach(
  context: DockerContext,
  needed: readonly DockerStage[],
  variant: DockerVariant,
): ContextReach {
  const { folder, ignore } = context
  const ignoredBy = dockerIgnore(ignore?.text)
  const all = innerPaths(context)
  const visible = visibleFiles(context)
  const sources = needed.flatMap((stage) => sourcesIn(stage, variant))
  const problems = sources
    // A wildcard may match nothing, as in COPY package.json yarn.lock* ./
    .filter(({ path }) => !isWildcard(path) && !visible.some(matcher(path)))
    .map(({ path, line, keyword }) => ({
      file: context.file,
      line,
      message: missing(path, keyword, all, ignoredBy, context),
    }))
  const isRead = anyOf(sources.map(({ path }) => matcher(path)))
  return { files: visible.filter(isRead).map((path) => posix.join(folder, path)), problems }
}

/** The files of a context that a build sees, from the context's folder. */
export function visibleFiles(context: DockerContext): readonly string[] {
  const ignoredBy = dockerIgnore(context.ignore?.text)
  return innerPaths(context).filter((path) => ignoredBy(path) === undefined)
}

/**
 * The files, from the repository's root, that a source names one by one, or that lie in a folder of package managers;
 * undefined for other folders.
 */
export function namedFiles(
  source: string,
  visible: readonly string[],
  { folder }: DockerContext,
): readonly string[] | undefined {
  const found = visible.filter(matcher(source))
  const isOne = (path: string) => path.split("/").length === source.split("/").length
  if (!isOfPackageManager(source) && (source === "." || !found.every(isOne))) return undefined
  return found.map((path) => posix.join(folder, path))
}

/** Folders such as .mvn, .cargo and patches, which are copied before packages are installed. */
function isOfPackageManager(path: string): boolean {
  return /(^|\/)(\.[^/.][^/]*|gradle|patches|prisma)$/.test(path)
}

function innerPaths({ folder, paths }: DockerContext): readonly string[] {
  return paths.filter((path) => isWithin(path, folder)).map((path) => pathWithin(path, folder))
}

/** The files and folders of a context that some stages read, from the repository's root: a wildcard's files one by one. */
export function contextUses(
  { folder, paths }: Pick<DockerContext, "folder" | "paths">,
  needed: readonly DockerStage[],
  variant: DockerVariant,
): readonly string[] {
  return needed
    .flatMap((stage) => sourcesIn(stage, variant))
    .flatMap(({ path }) => {
      if (!isWildcard(path)) return [posix.join(folder, path)]
      const matches = matcher(path)
      return paths.filter((each) => isWithin(each, folder) && matches(pathWithin(each, folder)))
    })
}

function isWildcard(source: string): boolean {
  return /[*?[]/.test(source)
}

/** What the COPY and ADD lines of a stage and its mounts read of the context. */
export function sourcesIn(stage: DockerStage, variant: DockerVariant): readonly Source[] {
  const found: Source[] = []
  eachWithVariables(stage, variant, (instruction, fill) => {
    const { keyword, line, flags } = instruction
    const add = (path: string | undefined) => found.push({ path: tidy(path ?? "."), line, keyword })
    if (keyword === "RUN") {
      for (const { text } of flags) {
        const options = new Map(
          text
            .replace(/^--mount=/, "")
            .split(",")
            .map((pair) => pair.split("=", 2) as [string, string]),
        )
        const isBind = text.startsWith("--mount=") && (options.get("type") ?? "bind") === "bind"
        if (isBind && !options.has("from")) add(options.get("source") ?? options.get("src"))
      }
    }
    if (keyword !== "COPY" && keyword !== "ADD") return
    if (flags.some(({ text }) => text.startsWith("--from="))) return
    for (const { text } of sourcesOf(instruction)) {
      const source = fill(text)
      if (source === undefined || !isRemote(source)) add(source)
    }
  })
  return found
}

function tidy(path: string): string {
  const inner = posix.normalize(`/${path}`).slice(1).replace(/\/$/, "")
  return inner === "" ? "." : inner
}

/** A source names a file, or a folder with all in it; wildcards stay within a name. */
function matcher(source: string): (path: string) => boolean {
  if (!isWildcard(source)) return (path) => isWithin(path, source)
  const matches = dockerIgnore(source)
  return (path) => matches(path) !== undefined
}

function anyOf(tests: readonly ((path: string) => boolean)[]): (path: string) => boolean {
  return (path) => tests.some((test) => test(path))
}

function missing(
  path: string,
  keyword: string,
  all: readonly string[],
  ignoredBy: IgnoredBy,
  { folder, ignore }: DockerContext,
): string {
  const ignored = all.find(matcher(path))
  if (ignored !== undefined && ignore !== undefined)
    return `${keyword} ${path}: ${posix.join(folder, ignored)} is left out by "${ignoredBy(ignored) ?? ""}" in ${ignore.file}.`
  return `${keyword} ${path}: there is no ${posix.join(folder, path)}. Correct the path, or set docker.context.`
}
