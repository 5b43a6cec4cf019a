import { posix } from "node:path"
import { isWithin } from "../listing.js"
import { goMains } from "./go-mains.js"
import { isForeignMarker } from "./look-at-foreign.js"
import { pythonMarkers, pythonServer } from "./look-at-python.js"
import type { RepositoryView } from "./view.js"

const markers =
  /^(package\.json|Cargo\.toml|pom\.xml|Dockerfile|Containerfile|Dockerfile\.[\w-]+|[\w-]+\.Dockerfile)$/

/** Names of folders whose pages belong to a program. */
const assetFolders = /(^|\/)(static|assets|templates?|views|resources|wwwroot|www)(\/|$)/

/** Folders in which something shows that there may be a service. */
export function signedFolders(view: RepositoryView): readonly string[] {
  const marked = foldersWith(isSign, view)
  const go = goServices(view, marked).filter((folder) => isWithin(folder, view.start))
  const libraries = foldersWith((name) => name === "go.mod", view).filter(
    (module) => ![...goMains(view).values()].includes(module),
  )
  const scripts = foldersWith((name) => name.endsWith(".py"), view).filter(
    (folder) => pythonServer(folder, view) !== undefined,
  )
  return [...new Set([...marked, ...go, ...libraries, ...scripts])]
}

/** Folders with a page that may be one as it is, there or in `public`: the outermost ones. */
export function pageFolders(view: RepositoryView): readonly string[] {
  const holders = foldersWith((name) => name === "index.html", view)
  const folders = [...new Set(holders.map((folder) => folder.replace(/\/public$|^public$/, "") || "."))]
  return folders
    .filter((folder) => !assetFolders.test(folder))
    .filter((folder) => !folders.some((other) => other !== folder && isWithin(folder, other)))
}

function isSign(name: string): boolean {
  return markers.test(name) || pythonMarkers.test(name) || isForeignMarker(name)
}

function foldersWith(isWanted: (name: string) => boolean, view: RepositoryView): readonly string[] {
  const files = view.paths.filter(
    (path) => isWanted(posix.basename(path)) && isWithin(path, view.start) && !view.isAside(path),
  )
  return [...new Set(files.map((path) => posix.dirname(path)))]
}

/** The folders of programs in Go: the module's where it has one program, else those of the main packages. */
function goServices(view: RepositoryView, marked: readonly string[]): readonly string[] {
  const mains = [...goMains(view)]
  const modules = [...new Set(mains.map(([, module]) => module))]
  return modules.flatMap((module) => {
    const own = mains.flatMap(([main, owner]) => (owner === module ? [main] : []))
    const [first = module] = own
    const isShared = marked.some(
      (each) => isWithin(each, module) && each !== module && !isWithin(each, first),
    )
    const isWhole = own.includes(module) || (own.length === 1 && !isShared)
    return isWhole ? [module] : own.map((main) => withoutCommand(main, own, module))
  })
}

/** `a/cmd/x` is the program of `a` where a has no other one and is no module. */
function withoutCommand(main: string, mains: readonly string[], module: string): string {
  const [, base] = /^(.+)\/cmd\/[^/]+$/.exec(main) ?? []
  if (base === undefined || base === module) return main
  return mains.filter((each) => isWithin(each, base)).length === 1 ? base : main
}
