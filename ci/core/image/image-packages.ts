import { posix } from "node:path"
import type { ImageContent, ImageFile } from "./layer-content.js"

/** Where packages come from. */
export type PackageKind = "debian" | "npm" | "python" | "java"

/** One package in an image; one that is there twice is two of them. */
export interface ImagePackage {
  readonly kind: PackageKind
  readonly name: string
  /** As the package itself says; absent where it does not. */
  readonly version?: string
  /** Its folder or file; empty for Debian's, which are everywhere. */
  readonly place: string
  readonly bytes: number
}

/** An image's packages with the bytes of their files, the biggest first. */
export function packagesOf(content: ImageContent): readonly ImagePackage[] {
  const ownerOf = ownership(content)
  const found = new Map<string, ImagePackage>()
  for (const file of content.files) {
    const owner = ownerOf(file)
    if (owner === undefined) continue
    const key = `${owner.kind} ${owner.place} ${owner.name}`
    found.set(key, { ...owner, bytes: (found.get(key)?.bytes ?? 0) + file.size })
  }
  return [...found.values()].sort(
    (left, right) => right.bytes - left.bytes || (left.name < right.name ? -1 : 1),
  )
}

type Owner = Omit<ImagePackage, "bytes">

function ownership({ texts }: ImageContent): (file: ImageFile) => Owner | undefined {
  const debian = debianPackages(texts)
  const python = pythonFiles(texts)
  return ({ path }) =>
    npmPackage(path, texts) ?? python(path) ?? javaPackage(path) ?? debianPackage(path, debian)
}

/** The innermost node_modules folder that a file is in. */
function npmPackage(path: string, texts: ReadonlyMap<string, string>): Owner | undefined {
  const [, place, name] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(path) ?? []
  if (place === undefined || name === undefined) return undefined
  const version = jsonVersion(texts.get(`${place}/package.json`))
  return { kind: "npm", name, place, ...(version === undefined ? {} : { version }) }
}

function jsonVersion(text: string | undefined): string | undefined {
  try {
    const { version } = JSON.parse(text ?? "") as { readonly version?: unknown }
    return typeof version === "string" ? version : undefined
  } catch {
    return undefined
  }
}

/** Files by package, as the RECORD of each says; a file that none names belongs to the folder that it is in. */
function pythonFiles(texts: ReadonlyMap<string, string>): (path: string) => Owner | undefined {
  const owners = new Map<string, Owner>()
  for (const [path, text] of texts) {
    if (!path.endsWith(".dist-info/RECORD")) continue
    const folder = posix.dirname(path)
    const metadata = texts.get(`${folder}/METADATA`) ?? ""
    const [, stem = "", versionOfFolder = ""] = /([^/]+?)-([^/-]+)\.dist-info$/.exec(folder) ?? []
    const name = /^Name: *(.+)$/m.exec(metadata)?.[1]?.trim() ?? stem
    const version = /^Version: *(.+)$/m.exec(metadata)?.[1]?.trim() ?? versionOfFolder
    const site = posix.dirname(folder)
    for (const line of text.split("\n")) {
      const file = /^(?:"([^"]+)"|([^,]+)),/.exec(line)
      const inner = file?.[1] ?? file?.[2]
      if (inner !== undefined)
        owners.set(posix.join(site, inner), { kind: "python", name, version, place: site })
    }
  }
  return (path) => {
    const [, site, name] = /^(.*\/(?:site|dist)-packages)\/([^/]+)/.exec(path) ?? []
    if (site === undefined || name === undefined) return undefined
    // Bytecode may be in no RECORD: it belongs to whom its module belongs.
    const module = path.replace(/__pycache__\/([^/.]+)\.[^/]*\.pyc$/, "$1.py")
    return (
      owners.get(path) ??
      owners.get(module) ?? { kind: "python", name: name.replace(/-.*\.dist-info$/, ""), place: site }
    )
  }
}

function javaPackage(path: string): Owner | undefined {
  const [, name, version] = /([^/]+?)(?:-(\d[^/]*))?\.jar$/.exec(path) ?? []
  if (name === undefined) return undefined
  return { kind: "java", name, place: path, ...(version === undefined ? {} : { version }) }
}

function debianPackages(texts: ReadonlyMap<string, string>): ReadonlyMap<string, Owner> {
  const found = new Map<string, Owner>()
  for (const [path, text] of texts) {
    const [, file] = /^var\/lib\/dpkg\/status\.d\/([^/]+)$/.exec(path) ?? []
    if (file === undefined) continue
    const name = /^Package: *(.+)$/m.exec(text)?.[1]?.trim() ?? file
    const version = /^Version: *(.+)$/m.exec(text)?.[1]?.trim()
    found.set(name, { kind: "debian", name, place: "", ...(version === undefined ? {} : { version }) })
  }
  return found
}

/** The files of packages whose names do not follow from their files'. */
const debianFiles: readonly (readonly [RegExp, string])[] = [
  [
    /\/lib(c|m|mvec|rt|dl|pthread|resolv|util|anl|nsl|nss_\w+|thread_db|BrokenLocale|memusage|pcprofile|c_malloc_debug)[.-][^/]*so|\/ld-linux[^/]*\.so|^usr\/lib64\//,
    "libc6",
  ],
  [/^usr\/share\/zoneinfo\//, "tzdata"],
  [/^etc\/ssl\/certs\/|^usr\/share\/ca-certificates\//, "ca-certificates"],
  [/\/libgcc_s\.so/, "libgcc-s1"],
  [/\/libz\.so/, "zlib1g"],
  [/\/lib(ssl|crypto)\.so|\/ossl-modules\/|\/engines-3\//, "libssl3"],
  [/^etc\/(passwd|group|os-release|nsswitch\.conf)$/, "base"],
]

/**
 * The Debian package of a file: what is in its folder of documentation or control data, else what Debian's policy
 * calls the package of such a library, else what is known of it.
 */
function debianPackage(path: string, packages: ReadonlyMap<string, Owner>): Owner | undefined {
  if (packages.size === 0) return undefined
  const [, documented] = /^(?:usr\/share\/doc|var\/lib\/dpkg\/status\.d)\/([^/]+)/.exec(path) ?? []
  const known = debianFiles.filter(([pattern]) => pattern.test(path)).map(([, name]) => name)
  const names = [...(documented === undefined ? [] : [documented]), ...libraryPackages(path), ...known]
  const name = names.flatMap((each) => [each, `${each}t64`]).find((each) => packages.has(each))
  return name === undefined ? undefined : packages.get(name)
}

/** The names that Debian's policy gives to the package of a shared library: `libz.so.1` is of `libz1` or `libz-1`. */
function libraryPackages(path: string): readonly string[] {
  const [, stem, version = ""] = /\/(lib[^/]+?)\.so(?:\.(\d+))?[^/]*$/.exec(path) ?? []
  if (stem === undefined) return []
  const lower = stem.toLowerCase().replaceAll("_", "-")
  return [`${lower}${version}`, `${lower}-${version}`, lower]
}
