import type { EnvironmentName } from "../ids.js"
import { packagesOf, type ImagePackage } from "./image-packages.js"
import type { ImageContent, ImageFile } from "./layer-content.js"

/** One way to make an image smaller: what was found, and how many bytes it would save, uncompressed. */
export interface SizeHint {
  readonly what: string
  readonly bytes: number
  /** Some of the files or folders, the biggest first. */
  readonly examples: readonly string[]
}

/** What a hint may look at. */
export interface HintRequest {
  readonly content: ImageContent
  readonly environment: EnvironmentName
  /** Folders of packages that the service's lockfile marks as needed for development alone. */
  readonly developmentOnly: ReadonlySet<string>
}

/** Bytes below which nothing is worth a line. */
const least = 10_000

/** What would make an image smaller, the biggest saving first; empty where there is nothing. */
export function sizeHints(request: HintRequest): readonly SizeHint[] {
  const { content, environment } = request
  const packages = packagesOf(content)
  const found = [
    ...(environment === "production" ? unreadInProduction(content.files) : []),
    ...duplicates(packages),
    ...developmentOnly(packages, request.developmentOnly),
    ...unstripped(content.files),
    ...hidden(content.hidden),
    ...twins(content.files),
  ]
  return found.filter(({ bytes }) => bytes >= least).sort((left, right) => right.bytes - left.bytes)
}

const inPackages = /(^|\/)(node_modules|(site|dist)-packages)\//

/** Files that no run of a service reads, by name. Packages bring them, and builds leave them. */
const unread: readonly (readonly [string, (path: string) => boolean])[] = [
  ["source maps", (path) => path.endsWith(".map")],
  ["TypeScript sources", (path) => /\.[mc]?tsx?$/.test(path)],
  ["test folders of packages", (path) => inPackages.test(path) && /\/(tests?|__tests__|spec)\//.test(path)],
  ["translations", (path) => /(^|\/)(locale|locales|LC_MESSAGES)\//.test(path)],
  ["headers and static libraries", (path) => /\.(a|h|hpp|pxd|pyx)$/.test(path)],
  [
    "pages and documentation of packages",
    (path) => inPackages.test(path) && /(\.md$|\.markdown$|\/docs?\/)/.test(path),
  ],
]

function unreadInProduction(files: readonly ImageFile[]): readonly SizeHint[] {
  const left = new Set(files)
  return unread.flatMap(([what, isUnread]) => {
    const found = [...left].filter(({ path }) => isUnread(path))
    for (const file of found) left.delete(file)
    return found.length === 0
      ? []
      : [hint(`${what}: ${count(found.length, "file")} that no run reads`, found)]
  })
}

/** Packages that are there more than once: all but the biggest could go, if one version suits all. */
function duplicates(packages: readonly ImagePackage[]): readonly SizeHint[] {
  const groups = grouped(packages)
  return [...groups.values()].flatMap((group) => {
    if (group.length < 2 || group[0]?.kind === "debian") return []
    const [{ name } = { name: "" }, ...others] = group
    const versions = [...new Set(group.map(({ version = "no version" }) => version))].sort()
    return [
      {
        what: `${name} is there ${group.length} times (${versions.join(", ")}): one version for all would do`,
        bytes: others.reduce((sum, each) => sum + each.bytes, 0),
        examples: group.map(({ place }) => `/${place}`).slice(0, 3),
      },
    ]
  })
}

function nameOf({ kind, name }: ImagePackage): string {
  return `${kind} ${name}`
}

function grouped(packages: readonly ImagePackage[]): Map<string, ImagePackage[]> {
  const groups = new Map<string, ImagePackage[]>()
  for (const each of packages) groups.set(nameOf(each), [...(groups.get(nameOf(each)) ?? []), each])
  return groups
}

function developmentOnly(
  packages: readonly ImagePackage[],
  folders: ReadonlySet<string>,
): readonly SizeHint[] {
  const found = packages.filter(({ kind, place }) => kind === "npm" && folders.has(place))
  if (found.length === 0) return []
  return [
    {
      what: `packages that the lockfile needs for development alone: ${count(found.length, "package")}`,
      bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
      examples: found.map(({ name }) => name).slice(0, 3),
    },
  ]
}

function unstripped(files: readonly ImageFile[]): readonly SizeHint[] {
  const found = files
    .filter(({ strippable = 0 }) => strippable >= least)
    .sort((left, right) => (right.strippable ?? 0) - (left.strippable ?? 0))
  if (found.length === 0) return []
  return [
    {
      what: `symbols for debuggers in ${count(found.length, "program or library", "programs and libraries")}: strip them`,
      bytes: found.reduce((sum, { strippable = 0 }) => sum + strippable, 0),
      examples: found.map(({ path }) => `/${path}`).slice(0, 3),
    },
  ]
}

function hidden(files: readonly ImageFile[]): readonly SizeHint[] {
  if (files.length === 0) return []
  return [
    hint(`files that a higher layer replaces: ${count(files.length, "file")}, stored and never seen`, files),
  ]
}

/** Files of equal content under several names. */
function twins(files: readonly ImageFile[]): readonly SizeHint[] {
  const byContent = new Map<string, ImageFile[]>()
  for (const file of files) {
    if (file.size >= least) byContent.set(file.sha256, [...(byContent.get(file.sha256) ?? []), file])
  }
  const copies = [...byContent.values()].flatMap((same) => same.slice(1))
  if (copies.length === 0) return []
  return [hint(`equal files under several names: ${count(copies.length, "copy", "copies")}`, copies)]
}

function hint(what: string, files: readonly ImageFile[]): SizeHint {
  const sorted = [...files].sort((left, right) => right.size - left.size)
  return {
    what,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    examples: sorted.slice(0, 3).map(({ path }) => `/${path}`),
  }
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
