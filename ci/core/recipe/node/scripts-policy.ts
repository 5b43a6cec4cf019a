import { posix } from "node:path"
import { parse } from "yaml"
import { wantedInstaller } from "./installers.js"
import type { Project, RepositoryView } from "./project.js"

/**
 * Names of the only packages that may run scripts when they are installed; undefined where all may. From its tenth
 * version on, pnpm runs those that package.json or the workspace names.
 */
export function allowedScripts(project: Project, view: RepositoryView): readonly string[] | undefined {
  const { lockfile, root, rootManifest } = project
  if (lockfile.manager !== "pnpm") return undefined
  const workspace = view.text(posix.join(root, "pnpm-workspace.yaml"))
  const settings = {
    ...rootManifest.pnpm,
    ...(workspace === undefined ? {} : ((parse(workspace) ?? {}) as Record<string, unknown>)),
  }
  const { onlyBuiltDependencies: listed, allowBuilds, dangerouslyAllowAllBuilds } = settings
  const chosen =
    typeof allowBuilds === "object" && allowBuilds !== null
      ? Object.entries(allowBuilds).flatMap(([name, isAllowed]) => (isAllowed === true ? [name] : []))
      : []
  const names = [...(Array.isArray(listed) ? listed.map(String) : []), ...chosen]
  const isOld = Number.parseInt(wantedInstaller(project).version, 10) < 10
  if (dangerouslyAllowAllBuilds === true || (isOld && !Array.isArray(listed))) return undefined
  return names
}
