import { posix } from "node:path"
import { z } from "zod"
import type { LockedRequirements } from "../../lock/requirements.js"
import type { Problem } from "../../problem.js"
import { failure, problemsOf, success, valuesOf, type Result } from "../../result.js"
import { readToml } from "../../toml/read-toml.js"
import { normalName } from "./names.js"
import { fittingFiles } from "./packages.js"
import type { WheelTarget } from "./wheel.js"

const file = z.looseObject({
  url: z.string(),
  name: z.string().optional(),
  hashes: z.looseObject({ sha256: z.string().optional() }).default({}),
})

const locked = z.looseObject({
  name: z.string(),
  version: z.string().default(""),
  wheels: z.array(file).default([]),
  sdist: file.optional(),
  archive: file.optional(),
})

const schema = z.looseObject({ packages: z.array(locked).default([]) })

/** The packages of a `pylock.toml` (PyPA specification) as slipway.lock keeps them: the files that fit a target. */
export function readPylock(text: string, target: WheelTarget): Result<LockedRequirements["packages"]> {
  const toml = readToml(text, "pylock.toml")
  if (!toml.ok) return toml
  const packages = schema.parse(toml.value).packages.map((each) => pinOf(each, target))
  const problems = packages.flatMap(problemsOf)
  return problems.length > 0 ? failure(...problems) : success(Object.fromEntries(valuesOf(packages)))
}

type Pin = readonly [name: string, pin: LockedRequirements["packages"][string]]

function pinOf(
  { name, version, wheels, sdist, archive }: z.output<typeof locked>,
  target: WheelTarget,
): Result<Pin> {
  const fail = (message: string): Result<Pin> => failure(problem(`${name} ${version}: ${message}`))
  if (archive === undefined && sdist === undefined && wheels.length === 0)
    return fail(
      "it comes from version control or a folder, which has no hash. Publish it, or put it into the repository.",
    )
  const files = (archive ? [archive] : [...wheels, ...(sdist ? [sdist] : [])]).flatMap(
    ({ url, name: named = posix.basename(new URL(url).pathname), hashes: { sha256 } }) =>
      sha256 === undefined ? [] : [{ name: named, hash: sha256 }],
  )
  const { hashes, isBuilt } = fittingFiles(files, target)
  if (hashes.length === 0)
    return fail(`no file with a sha256 fits ${target.platform} and Python ${target.version}.`)
  return success([
    normalName(name),
    {
      version,
      ...(archive === undefined ? {} : { url: archive.url }),
      sha256: [...hashes],
      ...(isBuilt ? { built: true } : {}),
    },
  ])
}

function problem(message: string): Problem {
  return { file: "pylock.toml", message }
}
