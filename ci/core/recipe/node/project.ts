import { posix } from "node:path"
import { exactMatcher } from "../../globs.js"
import { isWithin, pathWithin } from "../../listing.js"
import type { Problem } from "../../problem.js"
import { failure, success, type Result } from "../../result.js"
import { isArchive, type Lockfile, type ManagerName } from "./lockfile.js"
import { findLockfile } from "./find-lockfile.js"
import { meantManager } from "./meant-manager.js"
import {
  dependencyKinds,
  parsePackageJson,
  wantedPackages,
  type DependencyKind,
  type PackageJson,
} from "./package-json.js"
import { buildsOf, type Build } from "./start.js"

/** Texts of the repository's files; what is asked for and not there is undefined. */
export type ReadText = (path: string) => string | undefined

/** What is known of a repository's files. */
export interface RepositoryView {
  readonly text: ReadText
  /** Paths that are known, to find the members of a workspace of yarn 1. */
  readonly paths: () => readonly string[]
}

/** One folder with a package.json that a service is made from. */
export interface Member {
  readonly folder: string
  readonly manifest: PackageJson
  /** Folders of the repository that it depends on, by kind of dependency. */
  readonly needs: Readonly<Record<DependencyKind | "peerDependencies", readonly string[]>>
  /** False for a `file:` or `link:` dependency that is no member of the lockfile's workspace. */
  readonly isImporter: boolean
}

/** A service with all folders of the repository that it is made from, and the lockfile that they share. */
export interface Project {
  readonly service: string
  /** The folder of the lockfile. */
  readonly root: string
  readonly rootManifest: PackageJson
  readonly lockfile: Lockfile
  /** What a build reaches, by folder: the service and shared code; the root only when it is the service. */
  readonly members: ReadonlyMap<string, Member>
  /** What a run reaches: the service's folder and those of shared code. */
  readonly runtime: readonly string[]
  /** Each after what it depends on, the service last. */
  readonly order: readonly string[]
  /** What builds the service itself. */
  readonly builds: readonly Build[]
}

/**
 * Finds out what a service is made from, or every reason why it cannot be built. Its manifest may name the scripts that
 * build it.
 */
export function readProject(
  service: string,
  view: RepositoryView,
  scripts?: readonly string[],
): Result<Project> {
  const found = findLockfile(service, view)
  if (!found.ok) return found
  const { lockfile, rootManifest } = found.value
  const { root } = lockfile
  const walk = walkMembers(service, { view, lockfile, rootManifest })
  if (!walk.ok) return walk
  const members = walk.value
  const isMember = members.get(service)?.isImporter === true
  if (!isMember) {
    return failure({ file: posix.join(service, "package.json"), message: noMember(service, lockfile, view) })
  }
  const order = buildOrder(service, members)
  if (!order.ok) return order
  const stale = [...new Set([root, ...members.keys()])].flatMap((folder) => {
    const member = members.get(folder)
    if (member?.isImporter === false) return []
    return lockfile.staleness(folder, withoutArchives(member?.manifest ?? rootManifest))
  })
  if (stale.length > 0) {
    const advice = lockAdvice(service, lockfile, view)
    return failure(...stale.map((what) => ({ file: lockfile.file, message: `${what}. ${advice}` })))
  }
  const runtime = reachRuntime(service, members)
  const own = members.get(service)?.manifest
  const builds = scripts?.map((script) => ({ script })) ?? (own === undefined ? [] : buildsOf(own))
  return success({ builds, service, root, rootManifest, lockfile, members, runtime, order: order.value })
}

function noMember(service: string, lockfile: Lockfile, view: RepositoryView): string {
  const name = `${posix.basename(lockfile.file)} of ${shown(lockfile.root)}`
  const meant = meantManager(service, view)
  if (meant.root === lockfile.root || (meant.manager ?? lockfile.manager) !== lockfile.manager)
    return `${name} does not know ${service}. ${lockAdvice(service, lockfile, view)}`
  return `${name} is the nearest lockfile of ${service}, which is no member of its workspace. Add it there, or run ${installCommand(lockfile.manager)} in ${service}.`
}

/** How a lockfile that a folder cannot be built from becomes one that it can. */
function lockAdvice(folder: string, { manager, file, root }: Lockfile, view: RepositoryView): string {
  const meant = meantManager(folder, view)
  const command = installCommand(meant.manager ?? manager)
  if (command === installCommand(manager)) return `Run ${command} in ${shown(root)}.`
  return `Here ${command.replace(" install", "")} installs: delete ${file} and run ${command} in ${shown(meant.root)}.`
}

/** A folder as a sentence names it. */
export function shown(folder: string): string {
  return folder === "." ? "the repository's root" : folder
}

/** The command that makes a lockfile anew. */
export function installCommand(manager: ManagerName): string {
  return `${manager.replace(/\d$/, "")} install`
}

interface Walk {
  readonly view: RepositoryView
  readonly lockfile: Lockfile
  readonly rootManifest: PackageJson
}

function walkMembers(service: string, walk: Walk): Result<ReadonlyMap<string, Member>> {
  const members = new Map<string, Member>()
  const problems: Problem[] = []
  const visit = (folder: string, from: string): void => {
    if (members.has(folder)) return
    const member = readMember(folder, from, walk)
    if (!member.ok) {
      problems.push(...member.problems)
      return
    }
    members.set(folder, member.value)
    for (const inner of Object.values(member.value.needs).flat()) visit(inner, folder)
  }
  visit(service, service)
  return problems.length > 0 ? failure(...problems) : success(members)
}

function readMember(folder: string, from: string, { view, lockfile, rootManifest }: Walk): Result<Member> {
  const file = posix.join(folder, "package.json")
  const asking = posix.join(from, "package.json")
  if (folder === ".." || folder.startsWith("../"))
    return failure({
      file: asking,
      message: `depends on ${folder}, out of the repository. Move it into the repository.`,
    })
  const text = view.text(file)
  if (text === undefined) {
    const message = `depends on ${folder}, and there is no ${file}. Correct the path, or add the package.`
    return failure({
      file: folder === from ? file : asking,
      message: folder === from ? missing(folder) : message,
    })
  }
  const manifest = parsePackageJson(text, file)
  if (!manifest.ok) return manifest
  const isImporter = isImporterOf(lockfile, rootManifest, folder, from)
  const needs = Object.fromEntries(
    [...dependencyKinds, "peerDependencies" as const].map((kind) => {
      // What a package outside of the workspace needs for its own build, its own lockfile says.
      if (!isImporter && kind === "devDependencies") return [kind, []]
      const folders = Object.entries(manifest.value[kind]).flatMap(([name, spec]) =>
        isArchive(spec) ? [] : (lockfile.localFolder(folder, name, spec) ?? []),
      )
      return [kind, folders.filter((each) => each !== folder)]
    }),
  ) as Record<DependencyKind | "peerDependencies", string[]>
  return success({ folder, manifest: manifest.value, needs, isImporter })
}

function missing(folder: string): string {
  return `the file is missing. Run npm init in ${folder} and commit it.`
}

/** Whether a folder's dependencies are installed from this lockfile with all of their kinds. */
function isImporterOf(lockfile: Lockfile, rootManifest: PackageJson, folder: string, from: string): boolean {
  if (folder === lockfile.root) return true
  if (lockfile.manager === "pnpm" || lockfile.manager === "yarn4")
    return lockfile.hasImporter(folder) && (folder === from || isWithin(folder, lockfile.root))
  if (!isWithin(folder, lockfile.root)) return false
  return exactMatcher(workspaceGlobs(rootManifest))(pathWithin(folder, lockfile.root))
}

/** The globs of a workspace's members as npm and yarn read them. */
export function workspaceGlobs({ workspaces }: PackageJson): readonly string[] {
  return Array.isArray(workspaces) ? workspaces : (workspaces?.packages ?? [])
}

/** Folders of which pnpm and yarn install a copy: `file:` dependencies; npm links them. */
export function copiedFolders({ lockfile, members }: Project): readonly string[] {
  if (lockfile.manager === "npm") return []
  return [...members.values()].flatMap(({ folder, manifest }) =>
    Object.entries(wantedPackages(manifest, dependencyKinds)).flatMap(([name, spec]) => {
      const found = /^(file:|\.{0,2}\/)/.test(spec) ? lockfile.localFolder(folder, name, spec) : undefined
      return found === undefined || members.get(found)?.isImporter === true ? [] : [found]
    }),
  )
}

function withoutArchives(manifest: PackageJson): PackageJson {
  const kinds = dependencyKinds.map((kind) => [
    kind,
    Object.fromEntries(Object.entries(manifest[kind]).filter(([, spec]) => !isArchive(spec))),
  ])
  return { ...manifest, ...Object.fromEntries(kinds) } as PackageJson
}

function reachRuntime(service: string, members: ReadonlyMap<string, Member>): readonly string[] {
  const reached = new Set<string>()
  const visit = (folder: string): void => {
    const member = members.get(folder)
    if (member === undefined || reached.has(folder)) return
    reached.add(folder)
    const { dependencies, optionalDependencies, peerDependencies } = member.needs
    for (const inner of [...dependencies, ...optionalDependencies, ...peerDependencies]) visit(inner)
  }
  visit(service)
  return [...reached].sort()
}

/** Puts what is needed first. Packages may need each other, but not if two of them have to be built. */
function buildOrder(service: string, members: ReadonlyMap<string, Member>): Result<readonly string[]> {
  const order: string[] = []
  const problems = new Map<string, Problem>()
  const visit = (folder: string, trail: readonly string[]): void => {
    if (trail.includes(folder)) {
      const circle = trail.slice(trail.indexOf(folder))
      const built = circle.filter((each) => buildScript(members.get(each)) !== undefined)
      if (built.length < 2) return
      const file = posix.join([...built].sort()[0] ?? folder, "package.json")
      const message = `${[...circle, folder].join(" needs ")}: a circle in which ${built.length} packages have a build. Let one of them do without the other.`
      problems.set([...circle].sort().join(" "), { file, message })
      return
    }
    if (order.includes(folder)) return
    const inner = Object.values(members.get(folder)?.needs ?? {}).flat()
    for (const each of [...new Set(inner)].sort()) visit(each, [...trail, folder])
    if (!order.includes(folder)) order.push(folder)
  }
  visit(service, [])
  return problems.size > 0 ? failure(...problems.values()) : success(order)
}

/** The script that makes what others use of a package; shared code is also built by `prepare`, unless that sets up git. */
export function buildScript(member: Pick<Member, "manifest"> | undefined): "build" | "prepare" | undefined {
  const scripts = member?.manifest.scripts ?? {}
  if (scripts["build"] !== undefined) return "build"
  const prepare = scripts["prepare"]
  const isBuild = prepare !== undefined && !/husky|lefthook|git-hooks|git config|is-ci/.test(prepare)
  return isBuild ? "prepare" : undefined
}
