import { posix } from "node:path"
import type { Listing } from "../../listing.js"
import { isWithin } from "../../listing.js"
import { envSteps, script, shellWord, type Step } from "../steps.js"
import { installFiles, installFolder } from "./install-files.js"
import type { Purpose } from "./install-manifests.js"
import { installerOf, installStep } from "./installers.js"
import type { LockedPackageNode } from "./lockfile.js"
import { installScriptsProgram, mayHaveScripts, removeCompilersTraces } from "./native.js"
import { copiedFolders, type Project, type RepositoryView } from "./project.js"
import { allowedScripts } from "./scripts-policy.js"
import { forbidScripts, settingsFiles } from "./settings-files.js"
import { archives, rootFiles } from "./survey.js"

/** What installs a project's packages: steps in a stage that has the toolchain, and the inputs that they read. */
export interface Install {
  readonly steps: readonly Step[]
  /** Inputs that only the install reads, by path. */
  readonly files: ReadonlyMap<string, string>
  readonly packages: readonly LockedPackageNode[]
  /** False where there is nothing to install, not even shared code to link. */
  readonly isNeeded: boolean
}

/** What an install is made from. */
export interface InstallRequest {
  readonly project: Project
  readonly purpose: Purpose
  readonly view: RepositoryView
  readonly inputs: Listing
}

/**
 * Packages before sources: the package manager sees the slice of the lockfile that is reached and package.json files
 * without scripts, so that neither an edit of a source nor another service's dependency installs anything again.
 */
export function install(request: InstallRequest): Install {
  const { project, purpose, view, inputs } = request
  const { lockfile, root } = project
  const { files, packages, isNeeded } = installFiles(project, purpose, view)
  const folder = installFolder(project, purpose)
  const moved = new Map([...files].map(([path, text]) => [posix.join(folder, path), text] as const))
  const besides = new Set([...rootFiles(project, view), ...archives(project)])
  const copies = copiedFolders(project)
  const isBesides = (path: string) => besides.has(path) || copies.some((each) => isWithin(path, each))
  const copied = inputs.map(({ path }) => path).filter((path) => isBesides(path) && !files.has(path))
  const { variables, cache } = installerOf(lockfile.manager)
  const hasYarn = copied.some((path) => isWithin(path, posix.join(root, ".yarn/releases")))
  const ignoresPath = lockfile.manager === "yarn4" && !hasYarn ? { YARN_IGNORE_PATH: "1" } : {}
  const copySteps: Step[] = copied.length === 0 ? [] : [{ do: "copy", files: copied, to: "/src" }]
  const steps: readonly Step[] = [
    { do: "workdir", path: posix.join("/src", root) },
    cache,
    ...envSteps({ ...variables, ...ignoresPath }),
    { do: "copy", files: [...moved.keys()].sort(), to: "/" },
    ...copySteps,
    installStep(lockfile.manager, `cp -R ${shellWord(`/${folder}/.`)} /src`),
    ...runScripts(request, packages),
  ]
  return { steps, files: moved, packages, isNeeded }
}

const program = "/slipway/install-scripts.cjs"

function runScripts(
  { project, view }: InstallRequest,
  packages: readonly LockedPackageNode[],
): readonly Step[] {
  const { root, lockfile, members } = project
  const isForbidden = settingsFiles.some((name) => {
    const file = posix.join(root, name)
    return forbidScripts(file, view.text(file))
  })
  const allowed = allowedScripts(project, view)
  const mayRun =
    mayHaveScripts(packages, lockfile.manager === "npm") && (allowed === undefined || allowed.length > 0)
  if (isForbidden || !mayRun) return []
  const folders = [...new Set([root, ...members.keys()])].sort().map((folder) => posix.join("/src", folder))
  return [
    { do: "write", path: program, text: installScriptsProgram },
    script(
      "install scripts",
      `node ${program} ${[JSON.stringify(allowed ?? null), ...folders].map(shellWord).join(" ")}`,
      "cd /src",
      removeCompilersTraces,
    ),
  ]
}
