import { execa } from "execa"
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { cached, hashOf, isCached } from "./cached.js"
import { EngineError } from "./failure.js"
import { goEnvironment } from "./go-environment.js"
import type { Home } from "./home.js"
import { addImage, writeLayer, type Layer } from "./oci-layout.js"
import type { Progress } from "./progress.js"
import { makeDebian } from "./seed.js"
import type { Sources } from "./sources.js"
import { bundleSdk } from "./typescript-runtime/bundle.js"

/** What lets the engine load modules: OCI blobs with its Go and TypeScript SDKs, and how it is told of them. */
export interface Content {
  /** Folder that holds `blobs/sha256`. */
  readonly folder: string
  /** Environment variables of the engine that name the SDKs' manifests. */
  readonly variables: Readonly<Record<string, string>>
}

/** Makes the SDK content, once for these sources and binaries. */
export async function ensureContent(
  home: Home,
  sources: Sources,
  binaries: string,
  progress: Progress,
): Promise<Content> {
  const hash = hashOf(
    { folder: sources.runtime },
    { file: join(sources.project, "engine", "content.ts") },
    { file: join(sources.project, "package-lock.json") },
    { text: basename(binaries) }, // what they are made from; the home may be anywhere
  )
  const make = (folder: string) => makeContent(home, folder, sources, binaries)
  const folder = isCached(home, "content", hash)
    ? await cached(home, "content", hash, make)
    : await progress.step("Go and TypeScript SDKs of the engine", () => cached(home, "content", hash, make))
  return {
    folder,
    variables: JSON.parse(readFileSync(join(folder, "variables.json"), "utf8")) as Content["variables"],
  }
}

async function makeContent(home: Home, folder: string, sources: Sources, binaries: string): Promise<void> {
  const work = join(folder, "work")
  mkdirSync(work)
  const debian = join(work, "debian.tar")
  await makeDebian(debian, ["ca-certificates", "git"])
  // With this program in a root file system, the engine runs it around each command; without, it edits the bundle itself.
  await execa("tar", ["--delete", "--file", debian, "./usr/sbin/update-ca-certificates"])
  const base = await writeLayer(folder, ["cat", debian])
  const go = await goLayers(home, folder, sources, binaries)
  const typescript = await typescriptLayer(home, folder, sources, binaries)
  const variables = {
    DAGGER_GO_SDK_MANIFEST_DIGEST: addImage(
      folder,
      [base, ...go],
      [
        "PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "GOPATH=/go",
      ],
    ).digest,
    DAGGER_TYPESCRIPT_SDK_MANIFEST_DIGEST: addImage(folder, [base, typescript], ["PATH=/usr/bin"]).digest,
  }
  writeFileSync(join(folder, "variables.json"), JSON.stringify(variables))
  await execa("rm", ["-rf", work])
}

/** The Go that compiled the engine, the code generator, and the empty caches that the engine expects. */
async function goLayers(home: Home, folder: string, sources: Sources, binaries: string): Promise<Layer[]> {
  const { stdout: goroot } = await execa("go", ["env", "GOROOT"], {
    cwd: sources.dagger,
    env: goEnvironment(home),
  })
  const caches = join(folder, "work", "caches")
  for (const path of ["go/pkg/mod", "root/.cache/go-build"])
    mkdirSync(join(caches, path), { recursive: true })
  return [
    await writeLayer(
      folder,
      tar(goroot, "usr/local/go", ["--exclude=./test", "--exclude=./api", "--exclude=./doc"]),
    ),
    await writeLayer(folder, tar(binaries, "usr/local/bin", [], "codegen")),
    await writeLayer(folder, tar(caches, ".")),
  ]
}

/** What a TypeScript module runs in; see typescript-runtime/README.md for the places. */
async function typescriptLayer(
  home: Home,
  folder: string,
  sources: Sources,
  binaries: string,
): Promise<Layer> {
  const root = join(folder, "work", "typescript")
  mkdirSync(root)
  await installNode(home, root, join(sources.runtime, "node"), join(folder, "work", "node"))
  mkdirSync(join(root, "opt/slipway"), { recursive: true })
  cpSync(join(binaries, "codegen"), join(root, "opt/slipway/codegen"))
  await bundleSdk(sources.project, join(root, "opt/slipway/sdk"))
  cpSync(join(sources.runtime, "runtime"), join(root, "runtime"), { recursive: true })
  return writeLayer(folder, tar(root, "."))
}

async function installNode(home: Home, root: string, locked: string, work: string): Promise<void> {
  cpSync(locked, work, { recursive: true })
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
  const done = await execa("npm", args, { cwd: work, env: npmEnvironment(home), reject: false, all: true })
  const node = join(work, "node_modules", `node-linux-${process.arch}`, "bin", "node")
  if (done.failed || !existsSync(node)) {
    throw new EngineError(`Node for TypeScript modules could not be installed:\n${done.all}`)
  }
  mkdirSync(join(root, "usr/local/bin"), { recursive: true })
  cpSync(node, join(root, "usr/local/bin/node"))
  chmodSync(join(root, "usr/local/bin/node"), 0o755)
  cpSync(join(work, "node_modules/npm"), join(root, "usr/local/lib/node_modules/npm"), { recursive: true })
  for (const name of ["npm", "npx"]) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, "usr/local/bin", name))
  }
}

/** npm keeps its cache below the home, too. */
function npmEnvironment(home: Home): Record<string, string> {
  return { npm_config_cache: join(home.cache, "npm") }
}

/** Command that prints a folder, or one entry of it, as a tar whose paths begin with `prefix`. */
function tar(folder: string, prefix: string, options: readonly string[] = [], entry = "."): string[] {
  return [
    "tar",
    ...["--create", "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", ...options],
    // S: leave the targets of symbolic links as they are.
    ...[
      "--transform",
      `flags=rS;s,^\\(\\./\\)\\?,${prefix === "." ? "./" : `${prefix}/`},`,
      "--directory",
      folder,
      entry,
    ],
  ]
}
