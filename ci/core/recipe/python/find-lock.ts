import { posix } from "node:path"
import type { Texts } from "./pyproject.js"
import { readUvLock } from "./uv-lock.js"
import { packageIn } from "./uv-reach.js"

/** The lock of a service. */
export interface FoundLock {
  readonly kind: "uv" | "poetry" | "requirements"
  readonly file: string
  readonly text: string
}

/** The service's own lock, else the uv.lock of the workspace that it is a member of. */
export function findLock(folder: string, texts: Texts): FoundLock | undefined {
  const own = (
    [
      ["uv", "uv.lock"],
      ["poetry", "poetry.lock"],
    ] as const
  ).flatMap(([kind, name]) => found(kind, posix.join(folder, name), texts))
  const workspace = parentsOf(folder)
    .flatMap((parent) => found("uv", posix.join(parent, "uv.lock"), texts))
    .filter(({ file, text }) => {
      const read = readUvLock(text, file)
      return !read.ok || packageIn(read.value, folder) !== undefined
    })
  const requirements = found("requirements", posix.join(folder, "requirements.txt"), texts)
  return [...own, ...workspace, ...requirements][0]
}

/** Files that may be the lock of a service in a folder. */
export function possibleLocks(folder: string): readonly string[] {
  return [
    ...["uv.lock", "poetry.lock", "requirements.txt"].map((name) => posix.join(folder, name)),
    ...parentsOf(folder).map((parent) => posix.join(parent, "uv.lock")),
  ]
}

function found(kind: FoundLock["kind"], file: string, texts: Texts): readonly FoundLock[] {
  const text = texts.get(file)
  return text === undefined ? [] : [{ kind, file, text }]
}

/** The folders around one, the nearest first. */
function parentsOf(folder: string): readonly string[] {
  if (folder === ".") return []
  const parent = posix.dirname(folder)
  return [parent, ...parentsOf(parent)]
}
