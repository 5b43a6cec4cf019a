import { posix } from "node:path"

/** The folders in an image of packages that a service's package-lock.json marks as needed for development alone. */
export function developmentFolders(folder: string, texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const packages = readPackages(texts.get(posix.join(folder, "package-lock.json")))
  return new Set(
    Object.entries(packages).flatMap(([path, { dev = false }]) =>
      dev ? [posix.join("app", path), posix.join("app", folder, path)] : [],
    ),
  )
}

type Packages = Readonly<Record<string, { readonly dev?: boolean }>>

function readPackages(text: string | undefined): Packages {
  try {
    return (JSON.parse(text ?? "") as { readonly packages?: Packages }).packages ?? {}
  } catch {
    return {} // whoever builds from it says what is wrong
  }
}
