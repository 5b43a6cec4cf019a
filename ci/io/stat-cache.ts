import type { BigIntStats } from "node:fs"
import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { z } from "zod"

const entrySchema = z.tuple([z.string(), z.string()])
const fileSchema = z.strictObject({ version: z.literal(1), files: z.record(z.string(), entrySchema) })

/** A file changed so shortly before it was read may change again within one tick of the file system's clock. */
const racyNanoseconds = 2_000_000_000n

/**
 * Remembers the hashes of files between runs, by path. A hash holds while size, inode and both times are the same;
 * files that changed less than two seconds before they were read are not remembered.
 */
export class StatCache {
  private readonly fresh = new Map<string, readonly [string, string]>()

  private constructor(
    private readonly file: string | undefined,
    private readonly known: Readonly<Record<string, readonly [string, string]>>,
  ) {}

  /** Opens the cache in a file; unreadable ones count as empty, and without a file nothing is remembered. */
  static async open(file: string | undefined): Promise<StatCache> {
    if (file === undefined) return new StatCache(undefined, {})
    const text = await readFile(file, "utf8").catch(() => "{}")
    return new StatCache(file, parse(text))
  }

  /** The hash of a file whose status is given, from memory or by `read`. */
  async hash(path: string, status: BigIntStats, read: () => Promise<string>): Promise<string> {
    const stamp = stampOf(status)
    const [knownStamp, knownHash] = this.known[path] ?? []
    const isKnown = knownStamp === stamp && knownHash !== undefined
    const startedAt = BigInt(Date.now()) * 1_000_000n
    const hash = isKnown ? knownHash : await read()
    if (isKnown || startedAt - latestChange(status) > racyNanoseconds) this.fresh.set(path, [stamp, hash])
    return hash
  }

  /** Writes what was learned, all at once or not at all; entries of files not met in this run stay. */
  async save(): Promise<void> {
    if (this.file === undefined || this.fresh.size === 0) return
    const files = { ...this.known, ...Object.fromEntries(this.fresh) }
    const draft = `${this.file}.${process.pid}.draft`
    await mkdir(dirname(this.file), { recursive: true })
    await writeFile(draft, JSON.stringify({ version: 1, files }))
    await rename(draft, this.file)
  }
}

function stampOf({ size, ino, mtimeNs, ctimeNs }: BigIntStats): string {
  return [size, ino, mtimeNs, ctimeNs].join(" ")
}

function latestChange({ mtimeNs, ctimeNs }: BigIntStats): bigint {
  return mtimeNs > ctimeNs ? mtimeNs : ctimeNs
}

function parse(text: string): z.output<typeof fileSchema>["files"] {
  try {
    return fileSchema.parse(JSON.parse(text)).files
  } catch {
    return {}
  }
}
