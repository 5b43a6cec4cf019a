import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { afterAll } from "vitest"

/** A fresh folder with a short path that is gone after the test file. */
export function folderOfFile(): string {
  const folder = mkdtempSync("/tmp/sw-")
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files by path below a folder. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}
