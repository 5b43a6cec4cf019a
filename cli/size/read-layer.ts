import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import { extract, type Header } from "tar-stream"
import { tellsPackages, type LayerContent, type LayerFile } from "../../ci/core/image/layer-content.js"
import { ElfWatch } from "./elf.js"

/** Texts longer than this are not kept, in bytes. */
const longestText = 1_000_000

/** Reads a layer, a compressed tar, as it comes; its bytes are neither kept nor written anywhere. */
export async function readLayer(blob: ReadableStream<Uint8Array>): Promise<LayerContent> {
  const files: LayerFile[] = []
  const texts: Record<string, string> = {}
  const tar = extract()
  const read = async (): Promise<void> => {
    for await (const entry of tar) {
      const { file, text } = await readEntry(entry)
      if (file === undefined) continue
      files.push(file)
      if (text !== undefined) texts[file.path] = text
    }
  }
  const source = Readable.fromWeb(blob as Parameters<typeof Readable.fromWeb>[0])
  await Promise.all([pipeline(source, createGunzip(), tar), read()])
  return { version: 1, files, texts }
}

/** A file of a tar: its header, then its bytes as they come. */
interface Entry extends AsyncIterable<unknown> {
  readonly header: Header
  resume(): unknown
}

async function readEntry(entry: Entry): Promise<{ readonly file?: LayerFile; readonly text?: string }> {
  const { name, type, size = 0 } = entry.header
  const path = name.replace(/^\.?\//, "")
  if (type !== "file") {
    entry.resume()
    return {}
  }
  const hash = createHash("sha256")
  const elf = new ElfWatch()
  const keeps = tellsPackages(path) && size <= longestText
  const parts: Buffer[] = []
  for await (const bytes of entry) {
    const chunk = bytes as Buffer
    hash.update(chunk)
    elf.add(chunk)
    if (keeps) parts.push(chunk)
  }
  const strippable = elf.strippable()
  const file = { path, size, sha256: hash.digest("hex"), ...(strippable === undefined ? {} : { strippable }) }
  return keeps ? { file, text: Buffer.concat(parts).toString("utf8") } : { file }
}
