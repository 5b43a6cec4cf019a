import { posix } from "node:path"
import type { LockedPackageNode } from "./lockfile.js"
import { installManifests, installText, reachedFolders, seenRoot, type Purpose } from "./install-manifests.js"
import { dependencyKinds, wantedPackages } from "./package-json.js"
import { slicedPnpmField, slicedWorkspace } from "./pnpm-workspace.js"
import type { Project, RepositoryView } from "./project.js"
import { settingsFiles, withoutSecrets } from "./settings-files.js"

/** What an install begins with: files by path, and the packages that it installs. */
export interface InstallFiles {
  readonly files: ReadonlyMap<string, string>
  readonly packages: readonly LockedPackageNode[]
  /** False where there is nothing to install, not even shared code to link. */
  readonly isNeeded: boolean
}

/** The lockfile and the package.json files of an install: the slice that a service reaches. */
export function installFiles(project: Project, purpose: Purpose, view: RepositoryView): InstallFiles {
  const { root, lockfile } = project
  const manifests = installManifests(project, purpose)
  const slice = lockfile.slice(manifests)
  const files = new Map([[lockfile.file, slice.text]])
  for (const [folder, manifest] of manifests) {
    const pnpm = manifest.pnpm === undefined ? {} : { pnpm: slicedPnpmField(manifest.pnpm, slice) }
    files.set(posix.join(folder, "package.json"), installText({ ...manifest, ...pnpm }))
  }
  const workspaceFile = posix.join(root, "pnpm-workspace.yaml")
  const workspace = view.text(workspaceFile)
  if (workspace !== undefined && lockfile.manager === "pnpm") {
    const part = { folders: reachedFolders(project, purpose), manifests: [...manifests.values()], slice }
    files.set(workspaceFile, slicedWorkspace(workspace, part))
  }
  const isNeeded = [...manifests.values()].some(
    (manifest) => Object.keys(wantedPackages(manifest, dependencyKinds)).length > 0,
  )
  return { files, packages: slice.packages, isNeeded }
}

/** Inputs of which a build sees another text: the slice in place of the lockfile, settings without secrets. */
export function seenFiles(
  project: Project,
  purpose: Purpose,
  view: RepositoryView,
): ReadonlyMap<string, string> {
  const { root, service } = project
  const { files } = installFiles(project, purpose, view)
  const seen = new Map([...files].filter(([path]) => posix.basename(path) !== "package.json"))
  const rootFile = posix.join(root, "package.json")
  const rootText = view.text(rootFile)
  if (rootText !== undefined) {
    const text = seenRoot(project, purpose, rootText)
    if (text !== rootText) seen.set(rootFile, text)
  }
  const folders = new Set([root, service, ...project.members.keys()])
  for (const file of [...folders].flatMap((folder) =>
    settingsFiles.map((name) => posix.join(folder, name)),
  )) {
    const text = view.text(file)
    const clean = text === undefined ? undefined : withoutSecrets(file, text)
    if (clean !== undefined) seen.set(file, clean)
  }
  return seen
}

/** Where the files of an install are among the inputs; no repository has this folder. */
export function installFolder({ service }: Project, purpose: Purpose): string {
  return `.slipway/node/${purpose}-${service.replaceAll("/", "-")}`
}
