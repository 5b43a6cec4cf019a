import { posix } from "node:path"
import { parse } from "yaml"
import { exactMatcher } from "../../globs.js"
import { pathWithin } from "../../listing.js"
import { ancestors } from "./find-lockfile.js"
import type { ManagerName } from "./lockfile.js"
import { parsePackageJson, type PackageJson } from "./package-json.js"
import { workspaceGlobs, type RepositoryView } from "./project.js"

/** The package manager that a folder is meant for, and the folder of its lockfile. */
export interface MeantManager {
  /** Undefined where nothing names one. */
  readonly manager: ManagerName | undefined
  readonly root: string
}

/** What a folder and those above it say of its package manager, whatever lockfiles there are. */
export function meantManager(folder: string, view: RepositoryView): MeantManager {
  const folders = ancestors(folder)
  const root = folders.find((each) => hasMember(each, folder, view)) ?? folder
  const named = folders
    .map((each) => manifestIn(each, view)?.packageManager)
    .find((name) => name !== undefined)
  const isYarn = folders.some((each) => view.text(posix.join(each, ".yarnrc.yml")) !== undefined)
  if (view.text(posix.join(root, "pnpm-workspace.yaml")) !== undefined) return { manager: "pnpm", root }
  return { manager: managerOf(named) ?? (isYarn ? "yarn4" : undefined), root }
}

/** The manager that a `packageManager` means: yarn's versions differ much. */
export function managerOf(named: string | undefined): ManagerName | undefined {
  const [name, version = ""] = (named ?? "").split("@")
  if (name === "yarn") return version.startsWith("1") ? "yarn1" : "yarn4"
  return name === "npm" || name === "pnpm" ? name : undefined
}

function hasMember(root: string, folder: string, view: RepositoryView): boolean {
  const pnpm = view.text(posix.join(root, "pnpm-workspace.yaml"))
  const manifest = manifestIn(root, view)
  const globs = pnpm === undefined ? manifest && workspaceGlobs(manifest) : pnpmGlobs(pnpm)
  return globs !== undefined && exactMatcher(globs)(pathWithin(folder, root))
}

function pnpmGlobs(text: string): readonly string[] {
  try {
    const { packages } = (parse(text) ?? {}) as { readonly packages?: unknown }
    return Array.isArray(packages) ? packages.map(String) : []
  } catch {
    return []
  }
}

function manifestIn(folder: string, view: RepositoryView): PackageJson | undefined {
  const file = posix.join(folder, "package.json")
  const parsed = parsePackageJson(view.text(file) ?? "{}", file)
  return parsed.ok ? parsed.value : undefined
}
