import { posix } from "node:path"
import { byBytes } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { isFolder, type GoReplace, type GoRequire } from "./go-mod.js"
import type { GoModule, GoWorkspace, ReadText } from "./workspace.js"

/** One line of a go.sum: a module's content, or only its go.mod. */
interface SumLine {
  readonly path: string
  readonly version: string
  readonly text: string
}

/** Reads a go.sum or go.work.sum. */
function readSums(text: string | undefined): readonly SumLine[] {
  return (text ?? "").split("\n").flatMap((line) => {
    const [path, version, hash] = line.trim().split(/\s+/)
    if (path === undefined || version === undefined || hash === undefined) return []
    return [{ path, version: version.replace(/\/go\.mod$/, ""), text: `${path} ${version} ${hash}` }]
  })
}

/** The go.sum beside a go.mod. */
export function sumFile({ folder }: Pick<GoModule, "folder">): string {
  return posix.join(folder, "go.sum")
}

/** The go.work.sum beside a go.work. */
export function workSumFile({ folder }: { readonly folder: string }): string {
  return posix.join(folder, "go.work.sum")
}

/** The go.sum files that count: the main module's, or in a workspace those of all its reached modules. */
export function sumFiles({ main, work }: GoWorkspace, reached: readonly GoModule[]): readonly string[] {
  return (work === undefined ? [main] : reached).map(sumFile)
}

/**
 * The go.work.sum of the reached modules of a workspace: without lines of modules that only unreached ones require, or
 * require in that version; a line that no go.mod names stays, since a dependency of a dependency may need it. A
 * checksum that a reached module needs and that stands in another module's go.sum is added.
 */
export function slicedWorkSums(workspace: GoWorkspace, reached: readonly GoModule[], read: ReadText): string {
  const { work, modules } = workspace
  if (work === undefined) return ""
  const named = versionsOf(reached)
  const unreached = modules.filter((module) => !reached.includes(module))
  const foreign = versionsOf(unreached)
  const isForeign = ({ path, version }: SumLine): boolean =>
    named.get(path)?.has(version) !== true && foreign.get(path)?.has(version) === true
  const own = readSums(read(workSumFile(work))).filter((line) => !isForeign(line))
  const held = new Set(reached.flatMap((module) => readSums(read(sumFile(module)))).map(({ text }) => text))
  const elsewhere = unreached
    .flatMap((module) => readSums(read(sumFile(module))))
    .filter(({ path, version }) => named.get(path)?.has(version) === true)
  const lines = new Set([...own, ...elsewhere].map(({ text }) => text).filter((text) => !held.has(text)))
  return [...lines]
    .sort(byBytes)
    .map((line) => `${line}\n`)
    .join("")
}

/** Requirements of reached modules for which no checksum is there, so that Go would refuse to build. */
export function missingSums(
  workspace: GoWorkspace,
  reached: readonly GoModule[],
  read: ReadText,
): readonly Problem[] {
  const files = workspace.work === undefined ? [sumFile(workspace.main)] : workspace.modules.map(sumFile)
  const work = workspace.work === undefined ? [] : [workSumFile(workspace.work)]
  const held = new Set(
    [...files, ...work]
      .flatMap((file) => readSums(read(file)))
      .map(({ path, version }) => `${path} ${version}`),
  )
  const replaces = [workspace.main, ...(workspace.work ? [workspace.work, ...reached] : [])].flatMap(
    ({ mod }) => mod.replaces,
  )
  const local = new Set(workspace.modules.map(({ path }) => path))
  const reported = workspace.work === undefined ? [workspace.main] : reached
  return reported.flatMap((module) =>
    module.mod.requires.flatMap((require): readonly Problem[] => {
      const replace = replaces.find((each) => isReplacing(each, require))
      if (local.has(require.path) || (replace !== undefined && isFolder(replace))) return []
      const [path, version] =
        replace === undefined ? [require.path, require.version] : [replace.to, replace.toVersion]
      if (held.has(`${path} ${version}`)) return []
      const message = `go.sum has no line for ${path} ${version}. Run go mod tidy in ${module.folder}.`
      return [{ file: module.file, line: require.line, message }]
    }),
  )
}

function isReplacing({ path, version }: GoReplace, required: GoRequire): boolean {
  return path === required.path && (version === undefined || version === required.version)
}

function versionsOf(modules: readonly GoModule[]): ReadonlyMap<string, ReadonlySet<string>> {
  const versions = new Map<string, Set<string>>()
  for (const { path, version } of modules.flatMap(({ mod }) => mod.requires))
    versions.set(path, new Set([...(versions.get(path) ?? []), version]))
  return versions
}
