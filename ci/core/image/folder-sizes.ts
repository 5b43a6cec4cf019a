import type { ImageFile } from "./layer-content.js"
import type { FolderSize } from "./size-report.js"

/** Folders that hold something worth a line, the biggest first; one that is nearly all of its parent stands for it. */
export function folderSizes(files: readonly ImageFile[], most: number): readonly FolderSize[] {
  const folders = new Map<string, { files: number; bytes: number }>()
  for (const { path, size } of files) {
    const parts = path.split("/").slice(0, -1)
    for (let length = 1; length <= Math.min(parts.length, depth); length++) {
      const folder = parts.slice(0, length).join("/")
      const known = folders.get(folder) ?? { files: 0, bytes: 0 }
      folders.set(folder, { files: known.files + 1, bytes: known.bytes + size })
    }
  }
  const all = [...folders].map(([path, sums]) => ({ path, ...sums }))
  const shown = all.filter((folder) => !all.some((inner) => standsFor(inner, folder)))
  return shown
    .sort((left, right) => right.bytes - left.bytes || (left.path < right.path ? -1 : 1))
    .slice(0, most)
}

/** Folders below this depth count to those above. */
const depth = 4

function standsFor(inner: FolderSize, folder: FolderSize): boolean {
  return inner.path.startsWith(`${folder.path}/`) && inner.bytes > folder.bytes * 0.95
}
