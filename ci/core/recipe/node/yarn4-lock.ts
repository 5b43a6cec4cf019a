import { posix } from "node:path"
import { failure, success, type Result } from "../../result.js"
import type { Importers, Lockfile, LockSlice } from "./lockfile.js"
import { dependencyKinds, wantedPackages, type PackageJson } from "./package-json.js"
import {
  descriptorName,
  reachBlocks,
  readYarnBlocks,
  type YarnBlock,
  type YarnBlocks,
} from "./yarn-blocks.js"

/** Reads a yarn.lock of yarn 2 or newer. */
export function parseYarn4Lock(text: string, file: string): Result<Lockfile> {
  const blocks = readYarnBlocks(text)
  if (blocks !== undefined) return success(new Yarn4Lock(file, blocks))
  return failure({ file, message: "is not what yarn writes. Run yarn install to see what is wrong." })
}

class Yarn4Lock implements Lockfile {
  readonly manager = "yarn4"
  readonly root: string
  readonly patches: readonly string[]

  constructor(
    readonly file: string,
    private readonly lock: YarnBlocks,
  ) {
    this.root = posix.dirname(file)
    this.patches = lock.blocks.flatMap(({ resolution }) => {
      const path = /@patch:[^#]*#(?:~\/)?([^:&]*\.patch)/.exec(resolution)?.[1]
      return path === undefined || path.includes("!builtin") ? [] : [posix.join(this.root, path)]
    })
  }

  localFolder(importer: string, name: string, spec: string): string | undefined {
    const path = /^(?:file|link|portal):(.*)$/.exec(spec)?.[1]
    if (path !== undefined && !/\.(tgz|tar\.gz)$/.test(path)) return posix.join(importer, path)
    const block = this.find(name, spec)
    return block === undefined ? undefined : this.workspaceOf(block)
  }

  hasImporter(folder: string): boolean {
    return this.blockOf(folder) !== undefined
  }

  staleness(importer: string, manifest: PackageJson): readonly string[] {
    const own = importer === this.root ? "package.json" : posix.join(importer, "package.json")
    const block = this.blockOf(importer)
    if (block === undefined) return [`${own} is not in this lock`]
    return Object.entries(wantedPackages(manifest, dependencyKinds)).flatMap(([name, spec]) => {
      const locked = block.dependencies[name]
      if (locked !== undefined && [spec, `npm:${spec}`].includes(locked)) return []
      // A resolution, or a path that yarn writes with more words, puts another one in its place.
      if (locked !== undefined && (/^\w+:/.test(spec) || locked.startsWith("patch:"))) return []
      if (locked === undefined) return [`${name} is in ${own}, but not in this lock`]
      return [`this lock is for ${name} ${locked.replace(/^npm:/, "")}, but ${own} asks for ${spec}`]
    })
  }

  slice(importers: Importers): LockSlice {
    const own = new Map(
      [...importers].flatMap(([folder, manifest]) => {
        const block = this.blockOf(folder)
        return block === undefined ? [] : [[block, manifest] as const]
      }),
    )
    const wanted = [...own].flatMap(([block, manifest]) => [
      ...block.descriptors.filter((each) => each === block.resolution),
      ...Object.entries(block.dependencies).flatMap(([name, range]) =>
        wantedPackages(manifest, dependencyKinds)[name] === undefined ? [] : [`${name}@${range}`],
      ),
    ])
    const reached = reachBlocks(this.lock.blocks, wanted, (block) => own.has(block))
    const blocks = this.lock.blocks.filter((block) => reached.has(block))
    const texts = blocks.map((block) => {
      const kept = block.descriptors.filter((each) => reached.get(block)?.has(each))
      const manifest = own.get(block)
      const body = manifest === undefined ? block.body : withDependencies(block.body, manifest)
      return `${keyLine(kept)}\n${body.join("\n")}\n`
    })
    return {
      text: `${[this.lock.head, ...texts].join("\n\n").replaceAll("\n\n\n", "\n\n")}`,
      packages: blocks
        .filter((block) => this.workspaceOf(block) === undefined)
        .map(({ descriptors, dependencies, optionalDependencies }) => ({
          name: descriptorName(descriptors[0] ?? ""),
          dependencies: Object.keys({ ...dependencies, ...optionalDependencies }),
        })),
    }
  }

  private find(name: string, spec: string): YarnBlock | undefined {
    const names = [`${name}@${spec}`, `${name}@npm:${spec}`]
    return this.lock.blocks.find(({ descriptors }) => descriptors.some((each) => names.includes(each)))
  }

  private workspaceOf({ resolution }: YarnBlock): string | undefined {
    const path = /@workspace:(.*)$/.exec(resolution)?.[1]
    return path === undefined ? undefined : posix.join(this.root, path)
  }

  private blockOf(folder: string): YarnBlock | undefined {
    return this.lock.blocks.find((block) => this.workspaceOf(block) === folder)
  }
}

/** As yarn writes keys: long ones on a line of their own. */
function keyLine(descriptors: readonly string[]): string {
  const key = descriptors.join(", ")
  const quoted = /^(?![-?:,\][{}#&*!|>'"%@` \t\r\n]).([ \t]*(?![,\][{}:# \t\r\n]).)*$/.test(key)
    ? key
    : JSON.stringify(key)
  return key.length > 1024 ? `? ${quoted}\n:` : `${quoted}:`
}

/** An importer's lines without the dependencies that it is not to be installed with. */
function withDependencies(body: readonly string[], manifest: PackageJson): readonly string[] {
  const wanted = wantedPackages(manifest, dependencyKinds)
  let section = ""
  const kept = body.filter((line) => {
    if (/^ {2}\S/.test(line)) section = line.trim()
    const name = /^ {4}"?([^":]+)"?:/.exec(line)?.[1]
    return section !== "dependencies:" || name === undefined || wanted[name] !== undefined
  })
  return kept.filter(
    (line, index) => line !== "  dependencies:" || kept[index + 1]?.startsWith("    ") === true,
  )
}
