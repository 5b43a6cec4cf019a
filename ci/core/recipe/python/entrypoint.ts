import { posix } from "node:path"
import { pathWithin, tidyPath } from "../../listing.js"
import { didYouMean } from "../../suggest.js"
import type { PythonProject } from "./project.js"
import { scriptNames } from "./pyproject.js"

/** Where a service's programs may be found. */
export interface EntrypointRequest {
  readonly folder: string
  /** The inputs' paths. */
  readonly paths: readonly string[]
  readonly project: Pick<PythonProject, "isPackage" | "pyproject">
}

const usualFiles = ["main.py", "app.py", "__main__.py", "src/main.py", "src/app.py"]

/** The arguments after Python's program, or the one program, that an entrypoint stands for. */
export type Start = { readonly args: readonly string[] } | { readonly program: string }

/** What a name stands for: a program of the project, a file or a module; undefined when there is none. */
export function startOf(name: string, request: EntrypointRequest): Start | undefined {
  const { project, folder, paths } = request
  if (project.isPackage && project.pyproject && scriptNames(project.pyproject).includes(name))
    return { program: name }
  if (name.endsWith(".py")) {
    const file = tidyPath(name)
    return paths.includes(posix.join(folder, file)) ? { args: [posix.join("/app", file)] } : undefined
  }
  return modules(request).has(name) ? { args: ["-m", name] } : undefined
}

/** The entrypoint of a service that names none: its only program, a usual file, the only package with a __main__. */
export function usualEntrypoint(request: EntrypointRequest): string | undefined {
  const { project, folder, paths } = request
  const programs = project.isPackage && project.pyproject ? scriptNames(project.pyproject) : []
  if (programs.length === 1) return programs[0]
  const file = usualFiles.find((name) => paths.includes(posix.join(folder, name)))
  if (file !== undefined) return file
  const mains = [...modules(request)].filter((name) => paths.some((path) => isMain(path, folder, name)))
  return mains.length === 1 ? mains[0] : undefined
}

/** What an entrypoint could have meant, as the end of a message. */
export function meantEntrypoint(name: string, request: EntrypointRequest): string {
  const files = request.paths
    .filter((path) => path.endsWith(".py"))
    .map((path) => pathWithin(path, request.folder))
  const programs = request.project.pyproject ? scriptNames(request.project.pyproject) : []
  return didYouMean(name, [...programs, ...files, ...modules(request)])
}

function isMain(path: string, folder: string, module: string): boolean {
  const inner = `${module.replaceAll(".", "/")}/__main__.py`
  return ["", "src/"].some((root) => path === posix.join(folder, root + inner))
}

/** Modules of the service by their dotted names; a package with __main__ counts as one. */
function modules({ folder, paths }: EntrypointRequest): ReadonlySet<string> {
  const inner = paths
    .filter((path) => path.endsWith(".py") && path.startsWith(folder === "." ? "" : `${folder}/`))
    .map((path) => pathWithin(path, folder).replace(/^src\//, ""))
  return new Set(
    inner
      .map((path) => path.replace(/(\/__main__)?\.py$/, ""))
      .filter((path) => !path.endsWith("__init__"))
      .map((path) => path.replaceAll("/", ".")),
  )
}
