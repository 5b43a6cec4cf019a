import type { Problem } from "../../problem.js"
import { normalName } from "./names.js"
import { groupRequirements, type Pyproject } from "./pyproject.js"
import { parseRequirement, parseSpecifiers } from "./requirement.js"
import type { UvLock, UvPackage, UvRequired } from "./uv-lock.js"

/** What a pyproject.toml asks for and the lock was not made from, or the other way round. */
export function staleInUvLock(lock: UvLock, locked: UvPackage, pyproject: Pyproject): readonly Problem[] {
  const { project } = pyproject
  const metadata = locked.metadata
  const isDynamic = project?.dynamic.some((each) => each.endsWith("dependencies")) === true
  const declared = [
    ...(project?.dependencies ?? []),
    ...Object.values(project?.["optional-dependencies"] ?? {}).flat(),
  ]
  const own = isDynamic ? [] : differences(declared, metadata?.["requires-dist"] ?? [])
  const groups = Object.keys(pyproject["dependency-groups"]).flatMap((group) => {
    const [, held = []] =
      Object.entries(metadata?.["requires-dev"] ?? {}).find(
        ([name]) => normalName(name) === normalName(group),
      ) ?? []
    return differences(groupRequirements(pyproject, group), held)
  })
  return [...new Set([...own, ...groups])].map((what) => ({
    file: lock.file,
    message: `${what} in ${pyproject.file}. Run uv lock.`,
  }))
}

function differences(declared: readonly string[], held: readonly UvRequired[]): readonly string[] {
  const wanted = byName(
    declared.flatMap((text) => {
      const read = parseRequirement(text)
      return read === undefined ? [] : [[read.name, shown(read.extras, read.specifiers)] as const]
    }),
  )
  const locked = byName(
    held.map(
      (each) =>
        [
          normalName(each.name),
          shown(each.extras.map(normalName).sort(), parseSpecifiers(each.specifier ?? "")),
        ] as const,
    ),
  )
  const sourced = new Set(held.filter(hasSource).map(({ name }) => normalName(name)))
  return [...new Set([...wanted.keys(), ...locked.keys()])].flatMap((name) => {
    const [ask, has] = [wanted.get(name), locked.get(name)]
    if (has === undefined) return [`${name} is not in this lock, but it is`]
    if (ask === undefined) return [`this lock is for ${name}, which is no longer`]
    if (ask === has || sourced.has(name)) return []
    return [`this lock is for ${name}${has}, and not for ${name}${ask} as`]
  })
}

/** A dependency of the repository or of an address: the lock keeps no versions of it. */
function hasSource(required: UvRequired): boolean {
  return ["editable", "directory", "virtual", "path", "git", "url"].some((kind) => kind in required)
}

function shown(extras: readonly string[], specifiers: readonly string[]): string {
  const inner = extras.length === 0 ? "" : `[${extras.join(",")}]`
  return `${inner}${specifiers.length === 0 ? "" : ` ${specifiers.join(",")}`}`
}

/** A name may be asked for several times, with different markers. */
function byName(pairs: readonly (readonly [name: string, what: string])[]): ReadonlyMap<string, string> {
  const all = new Map<string, string[]>()
  for (const [name, what] of pairs) all.set(name, [...(all.get(name) ?? []), what])
  return new Map([...all].map(([name, list]) => [name, [...new Set(list)].sort().join(" and ")]))
}
