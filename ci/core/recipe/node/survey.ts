import { posix } from "node:path"
import { globReach } from "../../globs.js"
import { isWithin } from "../../listing.js"
import type { Survey, SurveyRequest } from "../language.js"
import { ancestors } from "./find-lockfile.js"
import { isArchive } from "./lockfile.js"
import { nextConfigFiles } from "./next.js"
import { dependencyKinds, parsePackageJson } from "./package-json.js"
import { buildScript, readProject, workspaceGlobs, type Project, type RepositoryView } from "./project.js"
import { settingsFiles, settingsUses } from "./settings-files.js"
import { versionFiles } from "./version.js"

/** Finds the lockfile, the workspace's root files and the packages of the repository that a service is made from. */
export function surveyNode({ manifest, folder, texts, paths }: SurveyRequest): Survey {
  const reads = new Set<string>()
  const view: RepositoryView = {
    text: (path) => {
      reads.add(path)
      return texts.get(path)
    },
    paths: () => [...paths.values()].flat(),
  }
  const own = [...nextConfigFiles, ...versionFiles].map((name) => posix.join(folder, name))
  own.forEach(view.text)
  const project = readProject(folder, view)
  if (project.ok) versionFiles.forEach((name) => view.text(posix.join(project.value.root, name)))
  const lists = workspaceLists(folder, view)
  const uses = project.ok ? usesOf(project.value, view, manifest.uses ?? []) : []
  return { reads: [...reads], lists, uses }
}

/** Where members of a workspace of yarn 1 may lie: its lockfile does not name them. */
function workspaceLists(folder: string, view: RepositoryView): readonly string[] {
  return ancestors(folder).flatMap((root) => {
    const lock = view.text(posix.join(root, "yarn.lock"))
    if (lock === undefined || /^__metadata:/m.test(lock)) return []
    const file = posix.join(root, "package.json")
    const manifest = parsePackageJson(view.text(file) ?? "{}", file)
    const globs = manifest.ok ? workspaceGlobs(manifest.value) : []
    return globs.filter((glob) => !glob.startsWith("!")).map((glob) => posix.join(root, globReach(glob).base))
  })
}

/** Everything outside of the service's folder that its build reads. */
function usesOf(project: Project, view: RepositoryView, named: readonly string[]): readonly string[] {
  const { service, members } = project
  const folders = [...members.keys()].filter((each) => each !== service)
  // Where a manifest names parts of a package, it has chosen: only its package.json is added.
  const packages = folders.flatMap((folder) =>
    named.some((each) => each !== folder && isWithin(posix.normalize(each), folder))
      ? [posix.join(folder, "package.json"), ...ownLockfiles(project, folder, view)]
      : [folder],
  )
  const outside = [
    ...rootFiles(project, view),
    ...archives(project),
    ...tsconfigs(project, view),
    ...packages,
  ]
  return [...new Set(outside)].filter((each) => !isWithin(each, service))
}

/** A package beside the workspace that has a build has a lockfile, too: reading it asks for what it says. */
function ownLockfiles({ members }: Project, folder: string, view: RepositoryView): readonly string[] {
  const member = members.get(folder)
  if (member === undefined || member.isImporter || buildScript(member) === undefined) return []
  const inner = readProject(folder, view)
  return inner.ok ? [inner.value.lockfile.file, ...presentSettings(inner.value.root, view)] : []
}

/** Files beside the lockfile that installing reads. */
export function rootFiles(project: Project, view: RepositoryView): readonly string[] {
  const { root, lockfile, members, service } = project
  for (const member of members.values())
    if (!member.isImporter && member.folder !== service && buildScript(member) !== undefined)
      readProject(member.folder, view)
  const present = [...lockfile.patches].filter((path) => view.text(path) !== undefined)
  return [posix.join(root, "package.json"), lockfile.file, ...presentSettings(root, view), ...present]
}

function presentSettings(root: string, view: RepositoryView): readonly string[] {
  const files = settingsFiles.map((name) => posix.join(root, name))
  const used = files.flatMap((file) => settingsUses(file, view.text(file)))
  return [...files, ...used].filter((file) => view.text(file) !== undefined)
}

/** Packages that are kept as archives in the repository. */
export function archives({ members }: Project): readonly string[] {
  return [...members.values()].flatMap(({ folder, manifest }) =>
    dependencyKinds.flatMap((kind) =>
      Object.values(manifest[kind])
        .filter(isArchive)
        .map((spec) => posix.join(folder, spec.replace(/^file:/, ""))),
    ),
  )
}

/** What TypeScript's configurations of the packages extend, outside of them. */
export function tsconfigs({ members }: Project, view: RepositoryView): readonly string[] {
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    const text = view.text(file)
    if (text === undefined) return
    found.add(file)
    for (const path of extendsOf(text)) visit(posix.join(posix.dirname(file), path))
  }
  for (const folder of members.keys())
    for (const name of ["tsconfig.json", "tsconfig.build.json"]) visit(posix.join(folder, name))
  return [...found]
}

function extendsOf(text: string): readonly string[] {
  const [, value = ""] = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(text) ?? []
  const paths = [...value.matchAll(/"(\.[^"]*)"/g)].map(([, path]) => path ?? "")
  return paths.map((path) => (path.endsWith(".json") ? path : `${path}.json`))
}
