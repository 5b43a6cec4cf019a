import { posix } from "node:path"
import type { Survey, SurveyRequest } from "../language.js"
import { findLock, possibleLocks, type FoundLock } from "./find-lock.js"
import { buildGroup, buildRequirements } from "./project.js"
import { readPoetryLock } from "./poetry-lock.js"
import { localsInPoetryLock } from "./poetry-reach.js"
import { readPyproject, type Texts } from "./pyproject.js"
import { readRequirements } from "./requirements-txt.js"
import { readUvLock } from "./uv-lock.js"
import { localsInUvLock, type ReachRequest } from "./uv-reach.js"

/** Finds a service's lock, and the packages of the repository that it reaches in any environment. */
export function surveyPython({ folder, texts, paths }: SurveyRequest): Survey {
  const lock = findLock(folder, texts)
  const found = lock === undefined ? nothing : locals(lock, folder, texts)
  const inside = found.folders.filter((each) => each !== ".." && !each.startsWith("../"))
  const shared = inside.filter((each) => each !== folder)
  return {
    reads: [
      ...["pyproject.toml", ".python-version", buildRequirements].map((name) => posix.join(folder, name)),
      ...possibleLocks(folder),
      ...found.reads,
      ...shared.map((each) => posix.join(each, "pyproject.toml")),
    ],
    lists: shared,
    uses: [...shared.filter((each) => (paths.get(each) ?? []).length > 0), ...found.archives],
  }
}

interface Locals {
  readonly folders: readonly string[]
  readonly archives: readonly string[]
  readonly reads: readonly string[]
}

const nothing: Locals = { folders: [], archives: [], reads: [] }

function locals(lock: FoundLock, folder: string, texts: Texts): Locals {
  if (lock.kind === "requirements") return inRequirements(lock.file, folder, texts)
  const all: ReachRequest = {
    folder,
    groups: ["dev", buildGroup],
    target: { version: "3", platform: "linux/amd64" },
    holds: () => true,
  }
  if (lock.kind === "uv") {
    const read = readUvLock(lock.text, lock.file)
    if (!read.ok) return nothing
    const groups = read.value.packages.flatMap((each) => Object.keys(each["dev-dependencies"]))
    return { reads: [], ...localsInUvLock(read.value, { ...all, groups: [...new Set(groups)] }) }
  }
  const read = readPoetryLock(lock.text, lock.file)
  const pyproject = readPyproject(folder, texts)
  if (!read.ok || !pyproject.ok || pyproject.value === undefined) return nothing
  const groups = read.value.packages.flatMap((each) => each.groups ?? all.groups)
  return {
    reads: [],
    ...localsInPoetryLock(read.value, pyproject.value, { ...all, groups: [...new Set(groups)] }),
  }
}

function inRequirements(file: string, folder: string, texts: Texts): Locals {
  const all = [file, posix.join(folder, buildRequirements)].map((each) =>
    readRequirements(each, folder, texts),
  )
  return {
    folders: [...new Set(all.flatMap((each) => each.folders))],
    archives: all.flatMap((each) => each.archives.map(({ path }) => path)),
    reads: all.flatMap((each) => each.files),
  }
}
