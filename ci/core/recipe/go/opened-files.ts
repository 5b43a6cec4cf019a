import { posix } from "node:path"
import { treeMatcher } from "../../globs.js"
import { isWithin, pathWithin } from "../../listing.js"

/** Calls that open files by their path: of the standard library, and of the usual web frameworks. */
const openingCall =
  /(?:\b(?:os\.(?:Open|ReadFile|ReadDir|DirFS)|ioutil\.(?:ReadFile|ReadDir)|http\.Dir)|\.(?:ParseFiles|ParseGlob|ServeFile|SendFile|LoadHTMLFiles|LoadHTMLGlob|Static|StaticFile|File))\(([^()]*)\)/g

/** A path that is put together of literals alone. */
const joinCall = /\b(?:filepath|path)\.Join\(([^()]*)\)/g

/**
 * What Go code opens by literal paths beside itself, as globs relative to the service's folder: only what is there,
 * nothing hidden, and never the folder as a whole.
 */
export function openedFiles(
  sources: Iterable<string>,
  folder: string,
  paths: readonly string[],
): readonly string[] {
  const own = paths.filter((path) => isWithin(path, folder)).map((path) => pathWithin(path, folder))
  const named = new Set([...sources].flatMap((source) => openedPaths(withoutComments(source))))
  return [...named].filter((path) => own.some(treeMatcher([path]))).sort()
}

function openedPaths(code: string): readonly string[] {
  const opened = [...code.matchAll(openingCall)].flatMap(([, values = ""]) => literals(values))
  const joined = [...code.matchAll(joinCall)].flatMap(([, values = ""]) => {
    const parts = literals(values)
    return parts.length > 0 && values.split(",").length === parts.length ? [parts.join("/")] : []
  })
  return [...opened, ...joined]
    .filter((path) => !posix.isAbsolute(path))
    .map((path) => posix.normalize(path).replace(/\/$/, ""))
    .filter((path) => !/^\.|\/\./.test(path) && !path.endsWith(".go"))
}

function literals(values: string): readonly string[] {
  return [...values.matchAll(/"([^"\\\n]+)"|`([^`]+)`/g)].map(([, quoted, raw]) => quoted ?? raw ?? "")
}

function withoutComments(code: string): string {
  return code.replace(/^\s*\/\/.*$/gm, "")
}
