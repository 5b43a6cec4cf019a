import { posix } from "node:path"
import { ownPaths } from "../core/adopt/own-paths.js"
import { liesAside } from "../core/adopt/view.js"
import { byBytes } from "../core/listing.js"
import { isForKubernetes, mistakenNames, parseService, serviceFile } from "../core/manifest/parse.js"
import { manifestByteLimit, type SourceText } from "../core/yaml/decode.js"
import type { Repository } from "./read-repository.js"

/** A service that a repository has already. */
export interface ExistingService {
  readonly folder: string
  readonly manifest: SourceText
  /** Undefined where the manifest cannot be read. */
  readonly name: string | undefined
  /** True for those of tests, examples and the like, and for what is a manifest of Kubernetes. */
  readonly isAside: boolean
}

/** The service.yaml files of a repository, wherever they are, and those that were meant to be one. */
export async function existingServices(repository: Repository): Promise<readonly ExistingService[]> {
  const paths = ownPaths(await repository.paths("."))
  const found = [...mistakenNames(serviceFile), serviceFile].flatMap((name) =>
    paths.filter((path) => posix.basename(path) === name),
  )
  const byFolder = new Map(found.map((file) => [posix.dirname(file), file]))
  const texts = await Promise.all(
    [...byFolder.values()].sort(byBytes).map((file) => repository.text(file, manifestByteLimit)),
  )
  return texts
    .filter((text) => text !== undefined)
    .map((manifest) => {
      const folder = posix.dirname(manifest.file)
      const parsed = parseService(manifest)
      const name = parsed.ok ? (parsed.value.manifest.name ?? posix.basename(folder)) : undefined
      const isAside = liesAside(manifest.file) || (manifest.text.ok && isForKubernetes(manifest.text.value))
      return { folder, manifest, name, isAside }
    })
}
