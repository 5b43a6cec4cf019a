import { posix } from "node:path"
import { failure, success, type Result } from "../../result.js"
import type { Importers, Lockfile, LockSlice } from "./lockfile.js"
import { dependencyKinds, wantedPackages, type PackageJson } from "./package-json.js"
import { descriptorName, reachBlocks, readYarnBlocks, type YarnBlocks } from "./yarn-blocks.js"

/** Folders of a workspace's members by name; the lockfile of yarn 1 does not know them. */
export type MembersByName = ReadonlyMap<string, string>

/** Reads a yarn.lock of yarn 1. */
export function parseYarn1Lock(text: string, file: string, members: MembersByName): Result<Lockfile> {
  const blocks = readYarnBlocks(text)
  if (blocks !== undefined) return success(new Yarn1Lock(file, blocks, members))
  return failure({ file, message: "is not what yarn writes. Run yarn install to see what is wrong." })
}

class Yarn1Lock implements Lockfile {
  readonly manager = "yarn1"
  readonly root: string
  readonly patches = []

  constructor(
    readonly file: string,
    private readonly lock: YarnBlocks,
    private readonly members: MembersByName,
  ) {
    this.root = posix.dirname(file)
  }

  localFolder(importer: string, name: string, spec: string): string | undefined {
    const path = /^(?:file|link):(.*)$/.exec(spec)?.[1] ?? (/^\.{0,2}\//.test(spec) ? spec : undefined)
    if (path !== undefined && !/\.(tgz|tar\.gz)$/.test(path)) return posix.join(importer, path)
    return this.has(name, spec) ? undefined : this.members.get(name)
  }

  hasImporter(folder: string): boolean {
    return folder === this.root || [...this.members.values()].includes(folder)
  }

  staleness(importer: string, manifest: PackageJson): readonly string[] {
    const own = importer === this.root ? "package.json" : posix.join(importer, "package.json")
    return Object.entries(wantedPackages(manifest, dependencyKinds)).flatMap(([name, spec]) => {
      if (this.has(name, spec) || this.localFolder(importer, name, spec) !== undefined) return []
      const held = this.lock.blocks
        .flatMap(({ descriptors }) => descriptors)
        .filter((each) => descriptorName(each) === name)
      if (held.length === 0) return [`${name} is in ${own}, but not in this lock`]
      const ranges = held.map((each) => each.slice(name.length + 1)).join(", ")
      return [`this lock is for ${name} ${ranges}, but ${own} asks for ${spec}`]
    })
  }

  slice(importers: Importers): LockSlice {
    const wanted = [...importers.values()].flatMap((manifest) =>
      Object.entries(wantedPackages(manifest, dependencyKinds)).map(([name, spec]) => `${name}@${spec}`),
    )
    const isLocal = (descriptor: string) => this.members.has(descriptorName(descriptor))
    const known = wanted.filter((each) => this.descriptors.has(each) || !isLocal(each))
    const reached = reachBlocks(this.lock.blocks, known, () => false)
    const blocks = this.lock.blocks.filter((block) => reached.has(block))
    const texts = blocks.map((block) => {
      const kept = block.descriptors.filter((each) => reached.get(block)?.has(each))
      return `\n${kept.map(quoted).join(", ")}:\n${block.body.join("\n")}\n`
    })
    return {
      text: `${this.lock.head}\n\n${texts.join("")}`,
      packages: blocks.map(({ descriptors, dependencies, optionalDependencies }) => ({
        name: descriptorName(descriptors[0] ?? ""),
        dependencies: Object.keys({ ...dependencies, ...optionalDependencies }),
      })),
    }
  }

  private get descriptors(): ReadonlySet<string> {
    return new Set(this.lock.blocks.flatMap(({ descriptors }) => descriptors))
  }

  private has(name: string, spec: string): boolean {
    return this.lock.blocks.some(({ descriptors }) => descriptors.includes(`${name}@${spec}`))
  }
}

/** As yarn 1 writes keys. */
function quoted(text: string): string {
  return /^(true|false)|[:\s\n\\",[\]]|^\d|^[^a-zA-Z]/.test(text) ? JSON.stringify(text) : text
}
