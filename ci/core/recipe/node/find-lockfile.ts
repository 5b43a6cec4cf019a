import { posix } from "node:path"
import { exactMatcher } from "../../globs.js"
import { isWithin, pathWithin } from "../../listing.js"
import { failure, success, type Result } from "../../result.js"
import type { Lockfile, ManagerName } from "./lockfile.js"
import { managerOf, meantManager } from "./meant-manager.js"
import { parseNpmLock } from "./npm-lock.js"
import { parsePackageJson, type PackageJson } from "./package-json.js"
import { parsePnpmLock } from "./pnpm-lock.js"
import { installCommand, shown, workspaceGlobs, type RepositoryView } from "./project.js"
import { parseYarn1Lock, type MembersByName } from "./yarn1-lock.js"
import { parseYarn4Lock } from "./yarn4-lock.js"

const lockNames = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock"] as const

const lockNameOf: Readonly<Record<ManagerName, (typeof lockNames)[number]>> = {
  npm: "package-lock.json",
  pnpm: "pnpm-lock.yaml",
  yarn1: "yarn.lock",
  yarn4: "yarn.lock",
}

/** A lockfile, and the package.json beside it. */
export interface FoundLockfile {
  readonly lockfile: Lockfile
  readonly rootManifest: PackageJson
}

/** Reads the nearest lockfile of a folder: in it, or in a folder above. There is one, of one package manager. */
export function findLockfile(folder: string, view: RepositoryView): Result<FoundLockfile> {
  const folders = ancestors(folder)
  const found = folders.map((each) =>
    lockNames.filter((name) => view.text(posix.join(each, name)) !== undefined),
  )
  const index = found.findIndex((names) => names.length > 0)
  const root = folders[index]
  const [name, second] = found[index] ?? []
  if (root === undefined || name === undefined) return noLockfile(folder, view)
  const file = posix.join(root, name)
  if (second !== undefined) {
    const message = `${posix.join(root, second)} is there too, and only one of them can be right. Delete the one that is not used.`
    return failure({ file, message })
  }
  const manifestFile = posix.join(root, "package.json")
  const manifestText = view.text(manifestFile)
  if (manifestText === undefined)
    return failure({ file: manifestFile, message: `the file is missing, but ${name} is there. Commit it.` })
  const rootManifest = parsePackageJson(manifestText, manifestFile)
  if (!rootManifest.ok) return rootManifest
  const lockfile = parse(file, rootManifest.value, view)
  if (!lockfile.ok) return lockfile
  const mismatch = otherManager(rootManifest.value, lockfile.value.manager)
  if (mismatch !== undefined) {
    const message = `names ${mismatch} as packageManager, but the lockfile is ${name}. Correct it, or delete ${name} and run ${mismatch.replace(/@.*/, "")} install.`
    return failure({ file: manifestFile, message })
  }
  return success({ lockfile: lockfile.value, rootManifest: rootManifest.value })
}

function parse(file: string, rootManifest: PackageJson, view: RepositoryView): Result<Lockfile> {
  const text = view.text(file) ?? ""
  const name = posix.basename(file)
  if (/^(<{7}|>{7}) /m.test(text))
    return failure({
      file,
      message: "holds the marks of a merge that nobody finished. Finish it, and install anew.",
    })
  if (name === "package-lock.json") return parseNpmLock(text, file)
  if (name === "pnpm-lock.yaml") return parsePnpmLock(text, file)
  if (/^__metadata:/m.test(text)) return parseYarn4Lock(text, file)
  return parseYarn1Lock(text, file, membersByName(posix.dirname(file), rootManifest, view))
}

/** The folder itself and those above it, the nearest first. */
export function ancestors(folder: string): readonly string[] {
  return folder === "." ? ["."] : [folder, ...ancestors(posix.dirname(folder))]
}

function membersByName(root: string, manifest: PackageJson, view: RepositoryView): MembersByName {
  const globs = workspaceGlobs(manifest)
  if (globs.length === 0) return new Map()
  const isMember = exactMatcher(globs)
  const files = view
    .paths()
    .filter((path) => posix.basename(path) === "package.json" && isWithin(path, root))
    .filter((path) => isMember(pathWithin(posix.dirname(path), root)))
  return new Map(
    [...new Set(files)].sort().flatMap((file) => {
      const parsed = parsePackageJson(view.text(file) ?? "{}", file)
      const name = parsed.ok ? parsed.value.name : undefined
      return name === undefined ? [] : [[name, posix.dirname(file)] as const]
    }),
  )
}

/** The package manager that package.json names, when it is another than the lockfile's. */
function otherManager({ packageManager }: PackageJson, manager: ManagerName): string | undefined {
  if (packageManager === undefined) return undefined
  const named = packageManager.replace(/\+.*$/, "")
  return managerOf(named) === manager ? undefined : named
}

function noLockfile(folder: string, view: RepositoryView): Result<never> {
  const manifestFile = posix.join(folder, "package.json")
  const text = view.text(manifestFile)
  const problems =
    text === undefined
      ? [{ file: manifestFile, message: `the file is missing. Run npm init in ${folder} and commit it.` }]
      : []
  if (problems.length > 0) return failure(...problems)
  const parsed = parsePackageJson(text ?? "", manifestFile)
  if (!parsed.ok) return parsed
  const { manager = "npm", root } = meantManager(folder, view)
  const message = `the file is missing. Run ${installCommand(manager)} in ${shown(root)} and commit it.`
  return failure({ file: posix.join(root, lockNameOf[manager]), message })
}
