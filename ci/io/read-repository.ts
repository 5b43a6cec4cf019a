import { lstat, readFile, readlink } from "node:fs/promises"
import { join } from "node:path"
import { byBytes, toListing, type FileEntry, type Listing } from "../core/listing.js"
import { linkProblem } from "../core/links.js"
import { failure, problemsOf, success, valuesOf, type Result } from "../core/result.js"
import { decodeText, tooLong, type SourceText } from "../core/yaml/decode.js"
import { deniedProblem, isDenied } from "./denied.js"
import { discoverServices } from "./discover-services.js"
import { FolderReader, type FoundFile } from "./folder-reader.js"
import { hashFile, hashText } from "./hash-file.js"
import { mapLimited } from "./limited.js"
import { StatCache } from "./stat-cache.js"

/** How a repository is read. */
export interface ReadOptions {
  /** The JSON file that remembers hashes between runs; without it nothing is remembered. */
  readonly statCache?: string | undefined
}

const filesAtOnce = 32

/** A real folder as a build sees it: without ignored files, and hashed only where somebody asks. */
export class Repository {
  private readonly reader: FolderReader
  private readonly entries = new Map<string, Promise<FileEntry>>()

  constructor(
    readonly root: string,
    private readonly cache: StatCache,
  ) {
    this.reader = new FolderReader(root)
  }

  /** The service.yaml files in folders that the globs match, and those that were meant to be one. */
  services(globs: readonly string[]): Promise<readonly string[]> {
    return discoverServices(this.reader, globs)
  }

  /** The paths of all files in a folder, or of that one file, unsorted; nothing is hashed. */
  async paths(folder: string): Promise<readonly string[]> {
    return (await this.reader.filesIn(folder)).map(({ path }) => path)
  }

  /** Folders that were met and may not be read, sorted: what is in them is not among the paths. */
  denied(): readonly string[] {
    return [...this.reader.denied].sort(byBytes)
  }

  /** The wanted files of some folders with their hashes, or a problem for each link out of the repository. */
  async listing(folders: readonly string[], isWanted: (path: string) => boolean): Promise<Result<Listing>> {
    const found = await Promise.all(folders.map((folder) => this.reader.filesIn(folder)))
    const wanted = new Map(
      found
        .flat()
        .filter(({ path }) => isWanted(path))
        .map((file) => [file.path, file]),
    )
    const results = await mapLimited([...wanted.values()], filesAtOnce, (file) => this.checkedEntry(file))
    const problems = results.flatMap(problemsOf)
    return problems.length > 0 ? failure(...problems) : success(toListing(valuesOf(results)))
  }

  /** A file's text, which must be UTF-8 and no longer than the limit in bytes; undefined where there is no file. */
  async text(file: string, limit: number): Promise<SourceText | undefined> {
    const disk = join(this.root, (await this.reader.find(file))?.diskPath ?? file)
    const status = await lstat(disk).catch(() => undefined)
    if (status?.isFile() !== true) return undefined
    if (status.size > limit) return { file, text: tooLong(file, status.size, limit) }
    try {
      return { file, text: decodeText(await readFile(disk), file) }
    } catch (error) {
      if (!isDenied(error)) throw error
      return { file, text: failure(deniedProblem(file)) }
    }
  }

  /** Whether there is a folder of that name. */
  async hasFolder(path: string): Promise<boolean> {
    const status = await lstat(join(this.root, path)).catch(() => undefined)
    return status?.isDirectory() === true
  }

  /** Keeps the learned hashes for the next run. */
  save(): Promise<void> {
    return this.cache.save()
  }

  private async checkedEntry(file: FoundFile): Promise<Result<FileEntry>> {
    const pending = this.entries.get(file.path) ?? this.entry(file)
    this.entries.set(file.path, pending)
    try {
      const entry = await pending
      const problem = linkProblem(entry)
      return problem === undefined ? success(entry) : failure(problem)
    } catch (error) {
      if (!isDenied(error)) throw error
      return failure(deniedProblem(file.path))
    }
  }

  private async entry({ path, diskPath, isLink }: FoundFile): Promise<FileEntry> {
    const file = join(this.root, diskPath)
    if (isLink) {
      const link = (await readlink(file)).normalize("NFC")
      return { path, executable: false, link, sha256: hashText(link), size: Buffer.byteLength(link) }
    }
    const status = await lstat(file, { bigint: true })
    const sha256 = await this.cache.hash(path, status, () => hashFile(file))
    return { path, executable: (status.mode & 0o100n) !== 0n, sha256, size: Number(status.size) }
  }
}

/** Opens the repository in a folder; reads nothing of it yet. */
export async function readRepository(root: string, options: ReadOptions = {}): Promise<Repository> {
  return new Repository(root, await StatCache.open(options.statCache))
}
