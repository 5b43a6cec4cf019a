import { posix } from "node:path"

/** Packages of a slice by their keys in a package-lock.json, which are the folders that they lie in. */
export interface Placed {
  readonly keys: Iterable<string>
  /** Names of what a package looks for: its dependencies, and peers that it can do without. */
  readonly looksFor: (key: string) => readonly string[]
  /** Links, and what lies in another package's archive. */
  readonly isFixed: (key: string) => boolean
}

/**
 * Where packages lie in a slice, by where they lie in the whole: each as far up as it may, so that every package still
 * finds what it found. In the whole it may lie further below, since somebody who is not in the slice has, or had,
 * another version above.
 */
export function settle({ keys, looksFor, isFixed }: Placed): ReadonlyMap<string, string> {
  let homes: ReadonlyMap<string, string> = new Map([...keys].map((key) => [key, key]))
  const wanting = new Map<string, string[]>()
  for (const key of homes.keys())
    for (const name of looksFor(key)) wanting.set(name, [...(wanting.get(name) ?? []), key])

  /** The slice with one package, and all that lies below it, a level higher; undefined where that changes anything. */
  const lifted = (place: string): ReadonlyMap<string, string> | undefined => {
    const to = above(place)
    if (to === undefined || homes.has(to) || isFixed(homes.get(place) ?? place)) return undefined
    const isMoved = (each: string) => each === place || each.startsWith(`${place}/`)
    const next = new Map(
      [...homes].map(([each, key]) => [isMoved(each) ? to + each.slice(place.length) : each, key]),
    )
    const moved = [...homes].flatMap(([each, key]) => (isMoved(each) ? [key] : []))
    const [before, after] = [placesOf(homes), placesOf(next)]
    const isSame = (key: string, name: string) =>
      homes.get(findFrom(homes, before.get(key) ?? key, name) ?? "") ===
      next.get(findFrom(next, after.get(key) ?? key, name) ?? "")
    const name = packageName(place)
    const isHarmless =
      (wanting.get(name) ?? []).every((key) => isSame(key, name)) &&
      moved.every((key) => looksFor(key).every((each) => isSame(key, each)))
    return isHarmless ? next : undefined
  }

  for (let before: typeof homes | undefined; before !== homes;) {
    before = homes
    for (const place of [...homes.keys()].sort()) if (homes.has(place)) homes = lifted(place) ?? homes
  }
  return placesOf(homes)
}

/** Where node finds a package from a folder: in the nearest node_modules that has it. */
export function findFrom(
  packages: { readonly has: (key: string) => boolean },
  from: string,
  name: string,
): string | undefined {
  for (let folder = from; ; folder = parentOf(folder)) {
    const key = posix.join(folder, "node_modules", name)
    if (packages.has(key) && !folder.endsWith("node_modules")) return key
    if (folder === "" || folder === "..") break
  }
  return packages.has(`node_modules/${name}`) ? `node_modules/${name}` : undefined
}

/** The name of the folder that a package lies in. */
export function packageName(key: string): string {
  return key.slice(key.lastIndexOf("node_modules/") + "node_modules/".length)
}

function placesOf(homes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...homes].map(([place, key]) => [key, place]))
}

/** The same package in the next node_modules above; undefined where there is none in the folder of the lockfile. */
function above(place: string): string | undefined {
  const owner = /^(.*?)\/?node_modules\/(?:@[^/]+\/)?[^/]+$/.exec(place)?.[1]
  if (owner === undefined || owner === "" || owner.startsWith("../")) return undefined
  const end = owner.lastIndexOf("node_modules/")
  // Of a member of the workspace, the root's.
  const upper = end === -1 ? "" : owner.slice(0, end)
  return posix.join(upper, "node_modules", packageName(place))
}

function parentOf(folder: string): string {
  const parent = posix.dirname(folder)
  return parent === "." ? "" : parent
}
