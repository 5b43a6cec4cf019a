import { isFolder, readGoMod } from "./go-mod.js"
import { locate, type GoModule, type GoWork } from "./workspace.js"

/**
 * A go.work that uses only the reached modules, and replaces nothing by folders that are not reached. Where one asks
 * for another in a version that was never published, the folder is named for it: `go mod download` would look for
 * that version at the proxy, though a build in the workspace does not.
 */
export function slicedWork({ folder, text }: GoWork, reached: readonly GoModule[]): string {
  const folders = new Set(reached.map((module) => module.folder))
  const isReached = (to: string): boolean => folders.has(locate(folder, to) ?? "")
  const { uses, replaces } = readGoMod(text)
  const dropped = new Set([
    ...uses.filter(({ value }) => !isReached(value)).map(({ line }) => line),
    ...replaces.filter((replace) => isFolder(replace) && !isReached(replace.to)).map(({ line }) => line),
  ])
  const kept = text.split("\n").filter((_line, index) => !dropped.has(index + 1))
  const members = new Map(
    uses.flatMap(({ value }) => {
      const module = reached.find((each) => each.folder === locate(folder, value))
      return module === undefined ? [] : [[module.path, value] as const]
    }),
  )
  const placed = reached
    .flatMap(({ mod }) => mod.requires)
    .filter(({ path, version }) => isPlaceholder(version) && !replaces.some((each) => each.path === path))
    .flatMap(({ path, version }) => {
      const to = members.get(path)
      return to === undefined ? [] : [`replace ${path} ${version} => ${JSON.stringify(asFolder(to))}`]
    })
  return [...kept, ...[...new Set(placed)].sort().flatMap((line) => [line, ""])].join("\n")
}

/** A use may leave out the dot, a replacement may not. */
function asFolder(to: string): string {
  return /^(\.|\/)/.test(to) ? to : `./${to}`
}

/** Versions that people and tools write where a module has none. */
function isPlaceholder(version: string): boolean {
  return /^v0\.0\.0(-00010101000000-0{12})?$/.test(version)
}
