import { posix } from "node:path"
import { ServiceName } from "../ids.js"
import { isWithin } from "../listing.js"

/** A folder that needs a name, and what its own files call it. */
export interface Unnamed {
  readonly folder: string
  readonly title?: string | undefined
}

/** Names of folders that tell nothing of what is in them. */
const empty = /^(src|source|code|app)$/

/** Names of folders that tell which part of something is in them, and not of what. */
const roles = /^(backend|frontend|server|service|api|web|ui|client|worker|main)$/

/**
 * Names for services that have none: the folder's where that serves, else with the folder above in front, or that alone
 * for a `backend` by itself. No two are equal, and none is one of the names that are taken. `root` stands for the name
 * of the repository's own folder.
 */
export function nameServices(
  services: readonly Unnamed[],
  taken: readonly string[],
  root: string,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const isFree = (name: string) => !taken.includes(name) && ![...names.values()].includes(name)
  const first = new Map(services.map((service) => [service.folder, firstName(service, root)]))
  const isShared = (name: string | undefined) =>
    [...first.values()].filter((each) => each === name).length > 1
  for (const { folder } of services) {
    const own = first.get(folder) ?? "service"
    const whole = imageName(folder.replaceAll("/", "-"))
    const parent = posix.dirname(folder)
    const isAlone = services.every((each) => each.folder === folder || !isWithin(each.folder, parent))
    const isRole = roles.test(posix.basename(folder))
    const above = isRole && isAlone && parent !== "." ? [imageName(posix.basename(parent))] : []
    const longer = [...above, imageName(folder.split("/").slice(-2).join("-")), whole]
    const choices = [...(isShared(own) ? [] : [own]), ...longer, ...numbered(whole || own)]
    names.set(folder, choices.find((name) => name !== "" && isFree(name)) ?? own)
  }
  return names
}

function firstName({ folder, title }: Unnamed, root: string): string {
  const base = posix.basename(folder)
  const parent = posix.basename(posix.dirname(folder))
  const own =
    folder === "." ? [title, root] : empty.test(base) && parent !== "." ? [parent, title] : [base, title]
  const [fitting] = own.filter((name) => ServiceName.safeParse(name).success)
  return fitting ?? (imageName(own.find((name) => name !== undefined) ?? "") || "service")
}

/** The letters of a text that may stand in an image's name. */
function imageName(text: string): string {
  const plain = text.toUpperCase().normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase()
  return plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 100)
}

function numbered(name: string): readonly string[] {
  return Array.from({ length: 100 }, (_, index) => `${name}-${index + 2}`)
}
