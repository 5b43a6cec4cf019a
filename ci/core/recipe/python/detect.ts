import { posix } from "node:path"
import type { Problem } from "../../problem.js"
import { failure, problemsOf, success, type Result } from "../../result.js"
import type { DetectRequest, LanguageRecipe } from "../language.js"
import { meantEntrypoint, startOf, usualEntrypoint } from "./entrypoint.js"
import { lockedPython, minorOf } from "./interpreter.js"
import { readProject, type PythonProject } from "./project.js"
import { lineOf, readPyproject } from "./pyproject.js"
import { satisfies } from "./version.js"

/** Takes the version of Python from the lock, checks who asks for another one, and finds what to run. */
export function detectPython(request: DetectRequest): ReturnType<LanguageRecipe["detect"]> {
  const { folder, texts, paths, lock, at } = request
  const version = lockedPython(lock)
  if (version === undefined) return failure(at("language", "the lock holds no Python. Run ./slipway lock."))
  const wrong = otherVersion(version, request)
  const project = readProject({
    folder,
    texts,
    paths,
    version,
    environment: "production",
    platform: "linux/amd64",
  })
  const entrypoint = project.ok ? entrypointOf(project.value, request) : project
  if (wrong.length > 0 || !entrypoint.ok) return failure(...wrong, ...problemsOf(entrypoint))
  const asked = project.ok ? (project.value.asked ?? {}) : {}
  return success({
    version,
    entrypoint: entrypoint.value,
    ...(Object.keys(asked).length === 0 ? {} : { requirements: asked }),
  })
}

function entrypointOf(
  project: PythonProject,
  { manifest, folder, paths, at }: DetectRequest,
): Result<string> {
  const place = { folder, paths, project }
  const named = manifest.entrypoint
  if (named !== undefined) {
    if (startOf(named, place) !== undefined) return success(named)
    const message = `"${named}" is no file, module or program of ${folder}.${meantEntrypoint(named, place)}`
    return failure(at("entrypoint", message))
  }
  const found = usualEntrypoint(place)
  if (found !== undefined) return success(found)
  if (manifest.command !== undefined) return success(".")
  const message = `${folder} has no main.py or app.py, no package with a __main__.py and no single program in [project.scripts]. Name a file, module or program, or give a command.`
  return failure(at("entrypoint", message))
}

/** Everything that asks for a Python which the lock does not hold. */
function otherVersion(version: string, { manifest, folder, texts, at }: DetectRequest): readonly Problem[] {
  const held = `the lock holds Python ${version}`
  const problems: Problem[] = []
  if (manifest.version !== undefined && !`${version}.`.startsWith(`${manifest.version}.`))
    problems.push(
      at("version", `${held}, not ${manifest.version}. Leave the version out to build with ${version}.`),
    )
  const file = posix.join(folder, ".python-version")
  const pinned = texts
    .get(file)
    ?.trim()
    .replace(/^(cpython|python)[-@]?/, "")
  if (
    manifest.version === undefined &&
    pinned !== undefined &&
    /^\d/.test(pinned) &&
    !isOf(version, pinned)
  ) {
    const message = `it asks for Python ${pinned}, and ${held}. Write version: "${minorOf(version)}" into service.yaml to build with that.`
    problems.push({ file, line: 1, message })
  }
  const pyproject = readPyproject(folder, texts)
  const range = pyproject.ok ? pyproject.value?.project?.["requires-python"] : undefined
  if (pyproject.ok && pyproject.value !== undefined && range !== undefined && !satisfies(version, range)) {
    const line = lineOf(pyproject.value.text, /^requires-python\s*=/)
    problems.push({
      file: pyproject.value.file,
      ...(line === undefined ? {} : { line }),
      path: "project.requires-python",
      message: `"${range}" leaves out Python ${version}, which the lock holds. Widen it.`,
    })
  }
  return problems
}

/** A developer's 3.13.2 is no wish for less than 3.13.5: the last number does not count. */
function isOf(version: string, wanted: string): boolean {
  const numbers = wanted.split(".").slice(0, 2).join(".")
  return `${version}.`.startsWith(`${numbers}.`)
}
