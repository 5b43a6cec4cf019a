import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"

/** Hexadecimal sha256 of a text. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}

/** Hexadecimal sha256 of a file's content, read in pieces. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(path), hash)
  return hash.digest("hex")
}
