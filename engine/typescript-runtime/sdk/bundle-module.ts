import * as fs from "node:fs"
import * as path from "node:path"

import * as esbuild from "esbuild"

/** Starts the bundle under node's compile cache, which `--prime` fills and every call reads. */
const mainFile = `import { enableCompileCache } from "node:module"
enableCompileCache(new URL("./compile-cache", import.meta.url).pathname)
await import("./module.mjs")
`

/** A module of its own, so that it runs before the module's files: one of them may throw while it is loaded. */
const tracesFile = `import { mapStackTraces } from "../sdk/core.js"
mapStackTraces()
`

/**
 * Bundles a module's files, its bindings and the SDK into `outDir/module.mjs`, started by `outDir/main.mjs`.
 *
 * Packages that cannot live in a bundle (native addons, CommonJS that looks for files beside itself) stay in node_modules.
 */
export async function bundleModule(root: string, outDir: string, files: readonly string[]): Promise<void> {
  fs.writeFileSync(path.join(outDir, "main.mjs"), mainFile)
  fs.writeFileSync(path.join(outDir, "traces.ts"), tracesFile)
  fs.writeFileSync(path.join(outDir, "entry.ts"), entry(root, files))
  const first = await bundle(root, outDir, [])
  const { located, unbundled } = findLocated(root, Object.keys(first.metafile.inputs))
  if (located.size + unbundled.size > 0) {
    await bundle(root, outDir, [keepLocations(located), keepPackages(unbundled)])
  }
}

async function bundle(root: string, outDir: string, plugins: esbuild.Plugin[]) {
  return esbuild.build({
    absWorkingDir: root,
    entryPoints: [path.join(outDir, "entry.ts")],
    outfile: path.join(outDir, "module.mjs"),
    tsconfig: writeTsconfig(root, outDir),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    keepNames: true,
    legalComments: "none",
    sourcemap: "external",
    sourcesContent: false,
    metafile: true,
    logLevel: "silent",
    loader: { ".node": "empty" },
    alias: {
      "@dagger.io/dagger/telemetry": path.join(root, "sdk/telemetry.ts"),
      "@dagger.io/dagger": path.join(root, "sdk/index.ts"),
    },
    plugins,
  })
}

/** The bindings come first: the SDK and they import each other, and this order finds both initialised. */
function entry(root: string, files: readonly string[]): string {
  const sources = files.filter((file) => !/\.d\.m?ts$/.test(file))
  const imports = sources.map(
    (file, index) => `import * as module${index} from ${JSON.stringify(`../${path.relative(root, file)}`)}`,
  )
  return [
    `import * as bindings from "../sdk/client.gen.ts"`,
    `import { serve } from "../sdk/core.js"`,
    `import "./traces.ts"`,
    `import { fileURLToPath } from "node:url"`,
    ...imports,
    `const modules = [${sources.map((_, index) => `module${index}, `).join("")}bindings]`,
    `await serve(modules, fileURLToPath(new URL("./types.json", import.meta.url)))`,
  ].join("\n")
}

/** Decorated parameters only exist in TypeScript's own decorators, so these are on whatever the module says or forgets. */
function writeTsconfig(root: string, outDir: string): string {
  const own = path.join(root, "tsconfig.json")
  const tsconfig = {
    ...(fs.existsSync(own) ? { extends: "../tsconfig.json" } : {}),
    compilerOptions: { experimentalDecorators: true },
  }
  const file = path.join(root, outDir, "tsconfig.json")
  fs.writeFileSync(file, JSON.stringify(tsconfig))
  return file
}

/** Files of a bundle that ask where they are, and the packages that must therefore stay outside. */
type Located = { readonly located: ReadonlySet<string>; readonly unbundled: ReadonlySet<string> }

function findLocated(root: string, inputs: readonly string[]): Located {
  const located = new Set<string>()
  const unbundled = new Set<string>()
  for (const input of inputs) {
    const file = path.join(root, input)
    const directory = packageDirectory(file)
    if (file.endsWith(".node") && directory) unbundled.add(directory)
    if (!/\.[cm]?[jt]sx?$/.test(file) || /^(sdk|\.slipway)\//.test(input)) continue
    const text = fs.readFileSync(file, "utf8")
    if (/\bimport\.meta\b/.test(text)) located.add(file)
    else if (directory && /\b__(dirname|filename)\b/.test(text)) unbundled.add(directory)
  }
  return { located, unbundled }
}

function packageDirectory(file: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]
}

/** Writes each file's own place where it asks for it: in the bundle all would see the bundle's. */
function keepLocations(located: ReadonlySet<string>): esbuild.Plugin {
  return {
    name: "keep-locations",
    setup(build) {
      if (located.size === 0) return
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, ({ path: file }) => {
        if (!located.has(file)) return undefined
        const places: Record<string, string> = {
          url: `file://${file}`,
          filename: file,
          dirname: path.dirname(file),
        }
        const contents = fs
          .readFileSync(file, "utf8")
          .replace(/\bimport\.meta\.(url|filename|dirname)\b/g, (_, name: string) =>
            JSON.stringify(places[name]),
          )
        return { contents, loader: /\.[cm]?tsx?$/.test(file) ? (file.endsWith("x") ? "tsx" : "ts") : "js" }
      })
    },
  }
}

function keepPackages(packages: ReadonlySet<string>): esbuild.Plugin {
  return {
    name: "keep-packages",
    setup(build) {
      if (packages.size === 0) return
      build.onResolve({ filter: /^[^./]/ }, async ({ path: specifier, pluginData, ...from }) => {
        if (pluginData === packages || specifier.startsWith("node:")) return undefined
        const found = await build.resolve(specifier, {
          kind: from.kind,
          resolveDir: from.resolveDir,
          importer: from.importer,
          pluginData: packages,
        })
        const directory = packageDirectory(found.path)
        return directory && packages.has(directory) ? { path: found.path, external: true } : undefined
      })
    },
  }
}
