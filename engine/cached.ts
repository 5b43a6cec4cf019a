import { createHash } from "node:crypto"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs"
import { join, relative } from "node:path"
import type { Home } from "./home.js"

/** Days after which an entry that nobody used makes room. */
const unusedDays = 30

/**
 * A folder of the cache named by what it is made from. `make` fills a temporary folder that becomes the entry by
 * one rename: whoever finds an entry finds it whole, even after a crash.
 */
export async function cached(
  home: Home,
  name: string,
  hash: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const entry = entryOf(home, name, hash)
  if (existsSync(entry)) {
    const now = new Date()
    utimesSync(entry, now, now)
    return entry
  }
  mkdirSync(home.cache, { recursive: true })
  sweep(home, name)
  const temporary = mkdtempSync(join(home.cache, `.${name}-`))
  try {
    await make(temporary)
    renameSync(temporary, entry)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  return entry
}

/** Whether {@link cached} would find the entry. */
export function isCached(home: Home, name: string, hash: string): boolean {
  return existsSync(entryOf(home, name, hash))
}

/** Hash (hex, 20 characters) over texts and the names and bytes of files below folders. */
export function hashOf(
  ...parts: readonly ({ text: string } | { folder: string } | { file: string })[]
): string {
  const hash = createHash("sha256")
  for (const part of parts) {
    if ("text" in part) hash.update(part.text)
    else if ("file" in part) hash.update(readFileSync(part.file))
    else
      for (const file of filesBelow(part.folder))
        hash.update(relative(part.folder, file)).update("\0").update(readFileSync(file))
    hash.update("\0")
  }
  return hash.digest("hex").slice(0, 20)
}

function entryOf(home: Home, name: string, hash: string): string {
  return join(home.cache, `${name}-${hash}`)
}

/**
 * Removes what a killed set-up left half made (the caller holds the set-up lock, so nobody else is making it), and
 * entries that no checkout has used for a long time.
 */
function sweep(home: Home, name: string): void {
  const oldest = Date.now() - unusedDays * 24 * 3600 * 1000
  for (const file of readdirSync(home.cache)) {
    const path = join(home.cache, file)
    const isHalf = file.startsWith(`.${name}-`)
    const isUnused = file.startsWith(`${name}-`) && statSync(path).mtimeMs < oldest
    if (isHalf || isUnused) rmSync(path, { recursive: true, force: true })
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !path.includes("node_modules"))
    .sort()
}
