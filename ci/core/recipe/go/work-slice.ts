import { isFolder, readGoMod } from "./go-mod.js"
import { locate, type GoModule, type GoWork } from "./workspace.js"

/** A go.work that uses only the reached modules, and replaces nothing by folders that are not reached. */
export function slicedWork({ folder, text }: GoWork, reached: readonly GoModule[]): string {
  const folders = new Set(reached.map((module) => module.folder))
  const isReached = (to: string): boolean => folders.has(locate(folder, to) ?? "")
  const { uses, replaces } = readGoMod(text)
  const dropped = new Set([
    ...uses.filter(({ value }) => !isReached(value)).map(({ line }) => line),
    ...replaces.filter((replace) => isFolder(replace) && !isReached(replace.to)).map(({ line }) => line),
  ])
  return text
    .split("\n")
    .filter((_line, index) => !dropped.has(index + 1))
    .join("\n")
}
