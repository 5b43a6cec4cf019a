import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import type { ServiceManifest } from "../../manifest/service-manifest.js"

/** The folder of a service's main package, relative to the service's; undefined where none holds a .go file. */
export function mainPackage(
  manifest: Pick<ServiceManifest, "entrypoint" | "name">,
  folder: string,
  paths: readonly string[],
): string | undefined {
  const holdsGo = (inner: string): boolean =>
    paths.some((path) => posix.dirname(path) === posix.join(folder, inner) && isSource(path))
  if (manifest.entrypoint !== undefined) return [tidyPath(manifest.entrypoint)].find(holdsGo)
  const names = [manifest.name ?? posix.basename(folder), ...onlyCommand(folder, paths)]
  return [...names.map((name) => `cmd/${name}`), "."].find(holdsGo)
}

function onlyCommand(folder: string, paths: readonly string[]): readonly string[] {
  const prefix = posix.join(folder, "cmd/")
  const names = paths
    .filter((path) => path.startsWith(prefix) && isSource(path))
    .map((path) => path.slice(prefix.length).split("/")[0] ?? "")
  const unique = [...new Set(names)]
  return unique.length === 1 ? unique : []
}

function isSource(path: string): boolean {
  return path.endsWith(".go") && !path.endsWith("_test.go")
}
