import { posix } from "node:path"
import { tidyPath } from "../../listing.js"
import type { ServiceManifest } from "../../manifest/service-manifest.js"

/** Where a service's Dockerfile, its context and the files that narrow it would be, from the repository's root. */
export interface DockerPlaces {
  /** Undefined where the manifest names a place outside of the repository. */
  readonly file: string | undefined
  readonly context: string | undefined
  /** The first of them that is there counts. */
  readonly ignoreFiles: readonly string[]
}

/** Places of a service's Docker files: in its folder unless its manifest names others. */
export function locateDocker({ docker }: Pick<ServiceManifest, "docker">, folder: string): DockerPlaces {
  const file = inside(folder, docker?.file ?? "Dockerfile")
  const context = inside(folder, docker?.context ?? ".")
  const ignoreFiles = [
    ...(file === undefined ? [] : [`${file}.dockerignore`]),
    ...(context === undefined ? [] : [posix.join(context, ".dockerignore")]),
  ]
  return { file, context, ignoreFiles }
}

function inside(folder: string, path: string): string | undefined {
  const found = tidyPath(posix.join(folder, path))
  return posix.isAbsolute(path) || found === ".." || found.startsWith("../") ? undefined : found
}
