import type { Platform } from "../ids.js"
import { didYouMean } from "../suggest.js"
import { debianArchitecture } from "./closures.js"
import type { LockNeeds } from "./lock-needs.js"
import type { Lock } from "./lock.js"
import type { LockedRequirements } from "./requirements.js"

/** The part of some needs that words name: closures, programs, images; all of it when there are no words. */
export function chosenNeeds(needs: LockNeeds, words: readonly string[]): LockNeeds {
  if (words.length === 0) return needs
  const isChosen = (name: string) => words.includes(name)
  const chosen = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => isChosen(name)))
  return {
    closures: chosen(needs.closures),
    node: isChosen("node") ? needs.node : [],
    go: isChosen("go") ? needs.go : [],
    npm: chosen(needs.npm),
    pypi: chosen(needs.pypi),
    maven: chosen(needs.maven),
    requirements: chosen(needs.requirements),
    images: needs.images.filter(isChosen),
    urls: needs.urls.filter(isChosen),
  }
}

/** What is wrong with words that should name needs; undefined when each names one. */
export function unknownNeed(needs: LockNeeds, words: readonly string[]): string | undefined {
  const names = namesOf(needs)
  const unknown = words.find((word) => !names.includes(word))
  if (unknown === undefined) return undefined
  return `${unknown}: the services need no such thing.${didYouMean(unknown, names)} They need: ${names.join(", ")}.`
}

/** A lock without what is about to be pinned anew for a platform. */
export function withoutNeeds(lock: Lock, needs: LockNeeds, platform: Platform): Lock {
  const architectures = ["all", debianArchitecture(platform)]
  const packages = { ...lock.debian.packages }
  for (const name of Object.keys(needs.closures)) {
    const held = packages[name]
    if (held === undefined) continue
    const others = held.packages.filter(({ architecture }) => !architectures.includes(architecture))
    packages[name] = { ...held, packages: others }
  }
  return {
    ...lock,
    debian: { ...lock.debian, packages },
    npm: without(lock.npm, needs.npm),
    pypi: without(lock.pypi, needs.pypi),
    maven: without(lock.maven, needs.maven),
    requirements: without(lock.requirements, needs.requirements),
    urls: Object.fromEntries(Object.entries(lock.urls).filter(([url]) => !needs.urls.includes(url))),
  }
}

/**
 * What differs between two locks, one line a thing: `python libssl3t64 3.5.1-1 → 3.5.2-1`; one line for all that a file
 * asks for the first time.
 */
export function lockChanges(before: Lock, after: Lock): readonly string[] {
  const isNew = (file: string) => before.requirements[file] === undefined
  const files = Object.entries(after.requirements)
  const fresh = files.filter(([file]) => isNew(file))
  const known = Object.fromEntries(files.filter(([file]) => !isNew(file)))
  const [old, current] = [pinsOf(before), pinsOf({ ...after, requirements: known })]
  const names = [...new Set([...old.keys(), ...current.keys()])].sort()
  const firstTime = fresh.flatMap(([file, platforms]) =>
    Object.entries(platforms).map(([platform, { packages }]) => `${file} (${platform}) ${counted(packages)}`),
  )
  const changes = names.flatMap((name) => {
    const [was, is] = [old.get(name), current.get(name)]
    if (was === is) return []
    if (was === undefined) return [`${name} ${is} is new`]
    return [is === undefined ? `${name} ${was} is no longer needed` : `${name} ${was} → ${is}`]
  })
  return [...changes, ...firstTime]
}

/** How many packages there are, and which of them have to be built, which may take long. */
function counted(packages: LockedRequirements["packages"]): string {
  const built = Object.entries(packages).flatMap(([name, { built }]) => (built === true ? [name] : []))
  const sources = built.length === 0 ? "" : `; built from sources: ${built.join(", ")}`
  return `${Object.keys(packages).length} packages are new${sources}`
}

/** Names of everything that is needed, sorted: what may be updated by name. */
export function namesOf(needs: LockNeeds): readonly string[] {
  const names = [
    ...Object.keys(needs.closures),
    ...(needs.node.length > 0 ? ["node"] : []),
    ...(needs.go.length > 0 ? ["go"] : []),
    ...[needs.npm, needs.pypi, needs.maven, needs.requirements].flatMap((tools) => Object.keys(tools)),
    ...needs.images,
    ...needs.urls,
  ]
  return [...new Set(names)].sort()
}

function without<T>(
  held: Readonly<Record<string, T>>,
  needed: Readonly<Record<string, unknown>>,
): Record<string, T> {
  return Object.fromEntries(Object.entries(held).filter(([name]) => needed[name] === undefined))
}

/** Every pin with its version. */
function pinsOf(lock: Lock): ReadonlyMap<string, string> {
  const closures = Object.entries(lock.debian.packages).flatMap(([closure, { packages }]) =>
    packages.map(
      ({ name, architecture, version }) => [`${closure} ${name} (${architecture})`, version] as const,
    ),
  )
  const kinds: readonly Readonly<Record<string, object>>[] = [lock.npm, lock.pypi, lock.maven]
  const tools = kinds.flatMap((kind) =>
    Object.entries(kind).map(([name, versions]) => [name, Object.keys(versions).sort().join(", ")] as const),
  )
  const requirements = Object.entries(lock.requirements).flatMap(([file, platforms]) =>
    Object.entries(platforms).flatMap(([platform, { packages }]) =>
      Object.entries(packages).map(
        ([name, { version }]) => [`${file} ${name} (${platform})`, version] as const,
      ),
    ),
  )
  const languages = (["node", "go"] as const).map(
    (name) => [name, Object.keys(lock[name]).sort().join(", ")] as const,
  )
  const images = Object.entries(lock.images).flatMap(([name, digests]) =>
    Object.entries(digests).map(([platform, digest]) => [`${name} (${platform})`, digest] as const),
  )
  const pins = [...closures, ...tools, ...requirements, ...languages, ...images, ...Object.entries(lock.urls)]
  return new Map(pins.filter(([, version]) => version !== ""))
}
