import { chmod, copyFile, mkdir, readdir, symlink, utimes, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import type { FileEntry, Listing } from "../core/listing.js"
import { hashFile } from "./hash-file.js"
import { mapLimited } from "./limited.js"

/** The time of every staged file and folder, in seconds: the earliest that a zip file can hold. */
const stagedAt = 315_532_800

/**
 * Writes the files of a listing into an empty folder as the engine should read them: modes 0644 or 0755, names in
 * form NFC, one fixed time. Throws when a file is no longer as it was listed.
 */
export async function stageInputs(root: string, listing: Listing, target: string): Promise<void> {
  const folders = new Set(listing.map(({ path }) => dirname(join(target, path))))
  await Promise.all([...folders].map((folder) => mkdir(folder, { recursive: true })))
  await mapLimited(listing, 16, (entry) => stage(root, entry, target))
  await settleFolders(target)
}

async function stage(root: string, entry: FileEntry, target: string): Promise<void> {
  const to = join(target, entry.path)
  if (entry.link !== undefined) return symlink(entry.link, to)
  if (entry.text === undefined) await copyFile(await onDisk(root, entry.path), to)
  else await writeFile(to, entry.text)
  if ((await hashFile(to)) !== entry.sha256) throw new ChangedFileError(entry.path)
  await chmod(to, entry.executable ? 0o755 : 0o644)
  await utimes(to, stagedAt, stagedAt)
}

/** A file changed between its hashing and its copying; the build would not be what its key says. */
export class ChangedFileError extends Error {
  constructor(readonly path: string) {
    super(`${path} changed while it was read. Run the build again.`)
  }
}

/** The name of a file on disk, where its letters may be composed otherwise than in form NFC. */
export async function onDisk(root: string, path: string): Promise<string> {
  let folder = root
  for (const name of path.split("/")) {
    const isAscii = /^[ -~]+$/.test(name)
    const names = isAscii ? [name] : await readdir(folder)
    folder = join(folder, names.find((each) => each.normalize("NFC") === name) ?? name)
  }
  return folder
}

async function settleFolders(folder: string): Promise<void> {
  const inner = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  for (const entry of inner) await settleFolders(join(folder, entry.name))
  await chmod(folder, 0o755)
  await utimes(folder, stagedAt, stagedAt)
}
