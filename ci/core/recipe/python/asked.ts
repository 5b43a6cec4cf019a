import type { Platform } from "../../ids.js"
import { heldRequirements, type AskedRequirements } from "../../lock/requirements.js"
import type { Lock } from "../../lock/lock.js"
import { failure, success, type Result } from "../../result.js"
import type { LockedDistribution } from "./packages.js"
import type { Pyproject } from "./pyproject.js"
import { parseRequirement, showRequirement } from "./requirement.js"
import type { RequirementsFile } from "./requirements-txt.js"

/** What a file without hashes asks for, with what the packages of the repository depend on that it names. */
export function askedByFile(
  { requirements, constraints, indexes, built }: RequirementsFile,
  locals: readonly Pyproject[],
  python: string,
): AskedRequirements {
  return {
    lines: tidy([
      ...requirements.map(showRequirement),
      ...locals.flatMap(dependenciesOf),
      ...indexes.map((index) => `--extra-index-url ${index}`),
      ...built.map((name) => `--no-binary ${name}`),
    ]),
    constraints: tidy(constraints.map(showRequirement)),
    python,
  }
}

/** What a project that has no lock asks for. */
export function askedByProject(pyproject: Pyproject, python: string): AskedRequirements {
  return { lines: tidy(dependenciesOf(pyproject)), constraints: [], python }
}

/** What slipway.lock holds for asked requirements, or the problem that it holds nothing, or what others became. */
export function lockedFor(
  lock: Lock,
  file: string,
  asked: AskedRequirements,
  platform: Platform,
): Result<readonly LockedDistribution[]> {
  const held = heldRequirements(lock, file, asked, platform)
  if (held === undefined) {
    const message =
      lock.requirements[file]?.[platform] === undefined
        ? `it names packages without hashes, and slipway.lock has none for ${platform}. Run ./slipway lock.`
        : "it asks for other packages than slipway.lock was made for. Run ./slipway lock."
    return failure({ file, message })
  }
  return success(
    Object.entries(held.packages).map(([name, { version, url, sha256, built = false }]) => ({
      name,
      version,
      ...(url === undefined ? {} : { url }),
      hashes: sha256.map((each) => `sha256:${each}`),
      isBuilt: built,
    })),
  )
}

function dependenciesOf({ project }: Pyproject): readonly string[] {
  return (project?.dependencies ?? []).map((text) => {
    const requirement = parseRequirement(text)
    return requirement === undefined ? text : showRequirement(requirement)
  })
}

function tidy(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)].sort()
}
