import { posix } from "node:path"
import { isWithin } from "../listing.js"
import { readGoSource } from "../recipe/go/go-source.js"
import { foldersAbove } from "../recipe/go/workspace.js"
import type { RepositoryView } from "./view.js"

const known = new WeakMap<RepositoryView, ReadonlyMap<string, string>>()

/** Folders with a main package, each with the folder of its module. */
export function goMains(view: RepositoryView): ReadonlyMap<string, string> {
  const found = known.get(view) ?? findMains(view)
  known.set(view, found)
  return found
}

/** The folder of the module that a folder is in; undefined where there is none. */
export function goModuleOf(folder: string, view: RepositoryView): string | undefined {
  return foldersAbove(folder).find((each) => view.has(posix.join(each, "go.mod")))
}

/** Main packages in a folder, as far as they are of its module. */
export function mainsWithin(folder: string, view: RepositoryView): readonly string[] {
  const module = goModuleOf(folder, view)
  return [...goMains(view)]
    .filter(([main, owner]) => owner === module && isWithin(main, folder))
    .map(([main]) => main)
}

function findMains(view: RepositoryView): ReadonlyMap<string, string> {
  const folders = new Map<string, string[]>()
  for (const path of view.paths) {
    if (!path.endsWith(".go") || path.endsWith("_test.go") || view.isAside(path)) continue
    const folder = posix.dirname(path)
    folders.set(folder, [...(folders.get(folder) ?? []), path])
  }
  return new Map(
    [...folders].flatMap(([folder, files]) => {
      const module = goModuleOf(folder, view)
      return module !== undefined && isMain(files, view) ? [[folder, module] as const] : []
    }),
  )
}

/** All files of a package say the same, but for generators that are run by hand. */
function isMain(files: readonly string[], view: RepositoryView): boolean {
  for (const file of [...files].sort((left) => (posix.basename(left) === "main.go" ? -1 : 1))) {
    const text = view.text(file)
    if (text === undefined) return false
    const { name, isIgnored } = readGoSource(text)
    if (!isIgnored) return name === "main"
  }
  return false
}
