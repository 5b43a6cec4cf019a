import { posix } from "node:path"
import { dependencyKinds, type PackageJson } from "./package-json.js"
import { workspaceGlobs, type Member, type Project } from "./project.js"

/** What is installed: all that a build needs, or only what a run needs. */
export type Purpose = "build" | "runtime"

/** Fields of a package.json that say what is installed. No scripts: they may need sources that are not there yet. */
const installFields = [
  ...["name", "version", "private", "bin", "engines", "os", "cpu", "libc", "publishConfig"],
  ...[...dependencyKinds, "peerDependencies", "peerDependenciesMeta", "dependenciesMeta"],
  ...["bundleDependencies", "bundledDependencies", "workspaces", "overrides", "resolutions", "pnpm"],
]

/** The package.json of each folder whose dependencies are installed together, by folder, as it is installed. */
export function installManifests(project: Project, purpose: Purpose): ReadonlyMap<string, PackageJson> {
  const { root, rootManifest, lockfile, members, service } = project
  const reached = reachedMembers(project, purpose).filter(
    ({ folder, isImporter }) => folder !== root && (isImporter || lockfile.manager === "npm"),
  )
  const rootMember = members.get(root)
  const others = reached.map(
    (member) =>
      [member.folder, forPurpose(member, { purpose, isService: member.folder === service })] as const,
  )
  const own =
    rootMember === undefined
      ? withoutStrangers(
          { ...rootManifest, ...(purpose === "build" ? {} : { devDependencies: {} }) },
          project,
          purpose,
        )
      : forPurpose(rootMember, { purpose, isService: root === service })
  return new Map([[root, withWorkspaces(own, project, purpose)] as const, ...others])
}

/** A root's package.json as a build sees it: its members are those that are reached. */
export function seenRoot(project: Project, purpose: Purpose, text: string): string {
  const { root, service, rootManifest } = project
  const original = JSON.parse(text.replace(/^\uFEFF/, "")) as Record<string, unknown>
  if (root === service && rootManifest.workspaces === undefined) return text
  const pruned = withWorkspaces(withoutStrangers(rootManifest, project, purpose), project, purpose)
  const changed = ["workspaces", ...dependencyKinds].filter((field) => original[field] !== undefined)
  const scripts = root === service ? {} : { scripts: undefined }
  return json({
    ...original,
    ...scripts,
    ...Object.fromEntries(changed.map((field) => [field, pruned[field]])),
  })
}

/** A package.json as it is written for an install. */
export function installText(manifest: PackageJson): string {
  const entries = installFields.map((field) => [field, manifest[field]] as const)
  return json(Object.fromEntries(entries.filter(([, value]) => value !== undefined && !isEmpty(value))))
}

/** The members that are reached, sorted by folder. */
export function reachedMembers({ members, runtime }: Project, purpose: Purpose): readonly Member[] {
  return [...members.values()]
    .filter(({ folder }) => purpose === "build" || runtime.includes(folder))
    .sort((left, right) => (left.folder < right.folder ? -1 : 1))
}

/** The folders of a workspace's members that are reached, from its root, sorted. */
export function reachedFolders(project: Project, purpose: Purpose): readonly string[] {
  return reachedMembers(project, purpose)
    .filter(({ folder, isImporter }) => isImporter && folder !== project.root)
    .map(({ folder }) => posix.relative(project.root, folder))
}

function forPurpose(
  { manifest, isImporter }: Member,
  { purpose, isService }: { readonly purpose: Purpose; readonly isService: boolean },
): PackageJson {
  if (!isImporter) return { ...manifest, devDependencies: {} }
  if (purpose === "build") return manifest
  // Shared code has its peers for its own tests and its build; at run time it finds them at the same place.
  const peers = Object.entries(manifest.devDependencies).filter(
    ([name]) => !isService && manifest.peerDependencies[name] !== undefined,
  )
  return {
    ...manifest,
    dependencies: { ...Object.fromEntries(peers), ...manifest.dependencies },
    devDependencies: {},
  }
}

/** A root may depend on members that this service does not reach. */
function withoutStrangers(
  manifest: PackageJson,
  { root, lockfile, members, runtime }: Project,
  purpose: Purpose,
): PackageJson {
  const isStranger = (name: string, spec: string): boolean => {
    const folder = lockfile.localFolder(root, name, spec)
    if (folder === undefined) return false
    return purpose === "build" ? !members.has(folder) : !runtime.includes(folder)
  }
  const kinds = dependencyKinds.map((kind) => [
    kind,
    Object.fromEntries(Object.entries(manifest[kind]).filter(([name, spec]) => !isStranger(name, spec))),
  ])
  return { ...manifest, ...Object.fromEntries(kinds) } as PackageJson
}

function withWorkspaces(manifest: PackageJson, project: Project, purpose: Purpose): PackageJson {
  if (manifest.workspaces === undefined || workspaceGlobs(manifest).length === 0) return manifest
  const folders = [...reachedFolders(project, purpose)]
  const { workspaces } = manifest
  return {
    ...manifest,
    workspaces: Array.isArray(workspaces) ? folders : { ...workspaces, packages: folders },
  }
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  )
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
