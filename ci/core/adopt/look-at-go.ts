import { posix } from "node:path"
import { isWithin, pathWithin } from "../listing.js"
import { readGoMod } from "../recipe/go/go-mod.js"
import { mainPackage } from "../recipe/go/main-package.js"
import { reachOf } from "../recipe/go/packages.js"
import { readWorkspace } from "../recipe/go/workspace.js"
import { assemble } from "./assemble.js"
import { dockerfileIn } from "./dockerfile-facts.js"
import { goModuleOf, mainsWithin } from "./go-mains.js"
import type { Hint, Look } from "./proposal.js"
import { readSources } from "./sources.js"
import type { Place, RepositoryView } from "./view.js"

/** A folder in a Go module that has a main package. */
export function lookAtGo({ folder, nested }: Place, view: RepositoryView): Look | undefined {
  const module = goModuleOf(folder, view)
  if (module === undefined) return undefined
  const mains = mainsWithin(folder, view).filter((main) => !nested.some((inner) => isWithin(main, inner)))
  const file = posix.join(module, "go.mod")
  const [first] = mains
  if (first === undefined)
    return module === folder ? { kind: "library", what: "Go without a main package" } : undefined
  const usual = mainPackage({}, folder, view.paths)
  const isUsual = usual !== undefined && mains.includes(posix.join(folder, usual))
  const others = mains.map((main) => pathWithin(main, folder))
  const entrypoint = isUsual || mains.length > 1 ? undefined : pathWithin(first, folder)
  const start = isUsual ? posix.join(folder, usual) : first
  const path = readGoMod(view.text(file) ?? "").module ?? ""
  const proposal = assemble({
    language: "go",
    from: posix.relative(folder, file),
    folder,
    sources: readSources(reachedFrom(start, folder, view), view),
    docker: dockerfileIn(folder, view),
    ...(folder === module && path !== "" ? { title: posix.basename(path.replace(/\/v\d+$/, "")) } : {}),
    ...(entrypoint === undefined
      ? {}
      : { known: { entrypoint }, origins: { entrypoint: "its only main package" } }),
    hints: isUsual || mains.length === 1 ? [] : [whichMain(others)],
  })
  return { kind: "service", proposal }
}

function whichMain(mains: readonly string[]): Hint {
  return {
    setting: "entrypoint",
    why: `The main package that runs, one of ${mains.join(", ")}.`,
    example: { entrypoint: mains[0] ?? "." },
    isNeeded: true,
  }
}

/** Go files that a main package reaches in the modules of the repository. */
function reachedFrom(main: string, folder: string, view: RepositoryView): readonly string[] {
  const read = (file: string) => view.text(file)
  const workspace = readWorkspace(folder, read, true)
  if (workspace === undefined) return []
  const { files } = reachOf(workspace, main, read, () => view.paths)
  return [...files].filter((file) => file.endsWith(".go") && !/\.pb\.go$|(^|\/)vendor\//.test(file))
}
