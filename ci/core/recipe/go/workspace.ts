import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { isFolder, readGoMod, type GoMod, type GoReplace } from "./go-mod.js"

/** A module of the repository. */
export interface GoModule {
  /** The prefix of its packages' import paths, under which the others know it. */
  readonly path: string
  readonly folder: string
  readonly file: string
  readonly mod: GoMod
}

/** A go.work that is in effect. */
export interface GoWork {
  readonly folder: string
  readonly file: string
  readonly text: string
  readonly mod: GoMod
}

/** The modules of the repository that a service can be built from. */
export interface GoWorkspace {
  /** The service's own: the nearest go.mod, in its folder or above. */
  readonly main: GoModule
  readonly work?: GoWork
  /** The main module, and all that go.work and replacements name, reached or not. */
  readonly modules: readonly GoModule[]
  /** Folders that are named in place of a module and hold none, or lie outside of the repository. */
  readonly broken: readonly BrokenModule[]
}

/** A replacement or a use that leads to no module. */
export interface BrokenModule {
  /** The replaced path; absent for a use. */
  readonly path?: string
  readonly folder: string
  readonly problem: Problem
}

/** Gives the text of a file, or undefined where there is none, or none yet. */
export type ReadText = (file: string) => string | undefined

/** Finds a service's module and what go.work and replacements put beside it; undefined without any go.mod. */
export function readWorkspace(folder: string, read: ReadText, usesWork: boolean): GoWorkspace | undefined {
  const above = foldersAbove(folder)
  const mains = above.map((each) => moduleIn(each, read)).filter((found) => found !== undefined)
  const works = usesWork ? above.map((each) => workIn(each, read)).filter((found) => found !== undefined) : []
  const [main] = mains
  const [work] = works
  if (main === undefined) return undefined
  const used = (work?.mod.uses ?? []).map(({ value, line }) => ({
    line,
    at: locate(work?.folder ?? ".", value),
  }))
  const usedModules = used.flatMap(({ at }) => (at === undefined ? [] : (moduleIn(at, read) ?? [])))
  const owners = [...new Map([main, ...usedModules].map((each) => [each.folder, each])).values()]
  const replaced = [...(work ? [work] : []), ...owners].flatMap(({ file, folder: from, mod }) =>
    mod.replaces.filter(isFolder).map((replace) => replacement(replace, file, from, read)),
  )
  return {
    main,
    ...(work === undefined ? {} : { work }),
    modules: distinct([...owners, ...replaced.flatMap(({ module }) => module ?? [])]),
    broken: replaced.flatMap(({ broken }) => broken ?? []),
  }
}

/** True when a module of the repository is part of the workspace in effect. */
export function isInWork({ main, work }: GoWorkspace): boolean {
  if (work === undefined) return true
  return work.mod.uses.some(({ value }) => locate(work.folder, value) === main.folder)
}

/** A folder that a file names, from the repository's root; undefined where it lies outside. */
export function locate(from: string, to: string): string | undefined {
  const folder = tidyPath(posix.join(from, to))
  return posix.isAbsolute(to) || folder === ".." || folder.startsWith("../") ? undefined : folder
}

/** A folder and all above it up to the repository's root, the nearest first. */
export function foldersAbove(folder: string): readonly string[] {
  return folder === "." ? ["."] : [folder, ...foldersAbove(posix.dirname(folder))]
}

function moduleIn(folder: string, read: ReadText, path?: string): GoModule | undefined {
  const file = posix.join(folder, "go.mod")
  const text = read(file)
  if (text === undefined) return undefined
  const mod = readGoMod(text)
  return { path: path ?? mod.module ?? "", folder, file, mod }
}

function workIn(folder: string, read: ReadText): GoWork | undefined {
  const file = posix.join(folder, "go.work")
  const text = read(file)
  return text === undefined ? undefined : { folder, file, text, mod: readGoMod(text) }
}

function replacement(
  { path, to, line }: GoReplace,
  file: string,
  from: string,
  read: ReadText,
): { readonly module?: GoModule; readonly broken?: BrokenModule } {
  const folder = locate(from, to)
  const broken = (message: string) => ({
    broken: { path, folder: folder ?? to, problem: { file, line, message } },
  })
  if (folder === undefined)
    return broken(
      `${path} is replaced by ${to}, out of the repository. Move that module into it, or require a published one.`,
    )
  const module = moduleIn(folder, read, path)
  return module === undefined
    ? broken(
        `${path} is replaced by ${to}, and there is no ${posix.join(folder, "go.mod")}. Correct the path.`,
      )
    : { module }
}

/** Each folder once; the first name that it has wins. */
function distinct(modules: readonly GoModule[]): readonly GoModule[] {
  const seen = new Set<string>()
  return modules.filter(({ folder, path }) => {
    const id = `${folder} ${path}`
    return seen.has(id) ? false : seen.add(id)
  })
}
