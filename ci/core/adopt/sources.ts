import { posix } from "node:path"
import { byBytes, isWithin } from "../listing.js"
import type { Place, RepositoryView } from "./view.js"

/** No more files of one service are read for what its code tells. */
const mostFiles = 400

const idle =
  /^(examples?|samples?|docs|build|out)\/|(^|\/)(tests?|__tests__|__mocks__|specs?|testdata|fixtures|e2e|node_modules|vendor|dist|target|migrations|\.[^/]+)\/|[._-](test|spec|stories)\.\w+$|_test\.\w+$|Tests?\.(java|kt|cs)$|(^|\/)(test_[^/]+|conftest)\.py$|\.d\.[cm]?ts$|\.min\.js$|_pb2(_grpc)?\.py$|\.pb\.go$|_pb\.[jt]s$|\.config\.[cm]?[jt]s$/

/** Sources of a service with one of some extensions, without tests and generated files, the outermost first. */
export function sourcesIn({ folder, nested }: Place, view: RepositoryView, ends: RegExp): readonly string[] {
  const depth = (path: string) => path.split("/").length
  return view
    .within(folder)
    .filter((path) => ends.test(path) && !idle.test(path))
    .filter((path) => !nested.some((inner) => isWithin(posix.join(folder, path), inner)))
    .sort((left, right) => depth(left) - depth(right) || byBytes(left, right))
    .slice(0, mostFiles)
    .map((path) => posix.join(folder, path))
}

/** A text with the file that it stands in. */
export interface Source {
  readonly file: string
  readonly text: string
}

/** The texts of some files, as far as they were read. */
export function readSources(files: readonly string[], view: RepositoryView): readonly Source[] {
  return files.flatMap((file) => {
    const text = view.text(file)
    return text === undefined ? [] : [{ file, text: withoutTests(file, text) }]
  })
}

/** Rust keeps its tests at the end of the file that they test. */
function withoutTests(file: string, text: string): string {
  const tests = file.endsWith(".rs") ? text.indexOf("#[cfg(test)]") : -1
  return tests === -1 ? text : text.slice(0, tests)
}

/** A place in a file as a comment names it: `server.go, line 23`, seen from a folder. */
export function placeOf({ file, text }: Source, index: number, folder: string): string {
  return `${posix.relative(folder, file)}, line ${text.slice(0, index).split("\n").length}`
}
