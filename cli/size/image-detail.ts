import { folderSizes } from "../../ci/core/image/folder-sizes.js"
import { packagesOf } from "../../ci/core/image/image-packages.js"
import { stackLayers } from "../../ci/core/image/layer-content.js"
import { sizeHints } from "../../ci/core/image/size-hints.js"
import type { ImageDetail, ImageSize } from "../../ci/core/image/size-report.js"
import { mapLimited } from "../../ci/io/limited.js"
import type { Target } from "../../ci/io/load-target.js"
import { repositoryOf } from "../../ci/io/registry/reference.js"
import type { Home } from "../../engine/home.js"
import type { ImageStore } from "../build/published.js"
import { UserError, exitCodes } from "../user-error.js"
import { developmentFolders } from "./development-folders.js"
import { rememberLayer } from "./layer-cache.js"
import { readLayer } from "./read-layer.js"

/** How many of the biggest files and folders are named. */
const most = 10

/** Where a published image is read from. */
export interface DetailScope {
  readonly store: ImageStore
  readonly home: Home
  readonly texts: ReadonlyMap<string, string>
}

/** What a published image consists of: reads its layers, two at once, those that are not remembered. */
export async function imageDetail(
  target: Target,
  image: NonNullable<ImageSize["image"]>,
  { store, home, texts }: DetailScope,
): Promise<ImageDetail> {
  const repository = repositoryOf(store.place, target.service)
  const layers = await mapLimited(image.layers, 2, ({ digest }) =>
    rememberLayer(home, digest, async () => {
      const blob = await store.registry.blobStream(repository, digest)
      if (blob) return readLayer(blob)
      throw new UserError(
        `${repository} has lost the layer ${digest}. Build the service again.`,
        exitCodes.failed,
      )
    }),
  )
  const content = stackLayers(layers)
  const biggest = [...content.files].sort((left, right) => right.size - left.size).slice(0, most)
  return {
    packages: packagesOf(content),
    folders: folderSizes(content.files, most),
    biggest: biggest.map(({ path, size }) => ({ path: `/${path}`, bytes: size })),
    hints: sizeHints({
      content,
      environment: target.environment,
      developmentOnly: developmentFolders(target.resolved.folder, texts),
    }),
  }
}
