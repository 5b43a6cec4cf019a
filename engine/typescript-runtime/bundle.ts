import * as fs from "node:fs/promises"
import { createRequire } from "node:module"
import * as path from "node:path"

import * as esbuild from "esbuild"

/**
 * Makes the `sdk` folder of the TypeScript SDK content: programs that need no npm package in a module's container.
 *
 * - `build.mjs` scans and bundles a module there, with `esbuild` and the compiler's libraries beside it;
 * - `module/` becomes a module's `sdk` folder, together with its bindings; `editor/` completes it for editors.
 *
 * `projectRoot` is where Slipway is installed, with its node_modules and `engine/typescript-runtime/sdk`. `outDir` is
 * replaced. The same packages give the same bytes.
 */
export async function bundleSdk(projectRoot: string, outDir: string): Promise<void> {
  const sources = path.join(projectRoot, "engine/typescript-runtime/sdk")
  const fromProject = createRequire(path.join(projectRoot, "package.json"))
  const dagger = path.dirname(fromProject.resolve("@dagger.io/dagger")) // its dist/src
  const fromDagger = createRequire(path.join(dagger, "index.js"))

  await checkVersions(path.join(projectRoot, "engine/typescript-runtime/runtime/dagger.json"), dagger)
  await fs.rm(outDir, { recursive: true, force: true })
  await fs.mkdir(path.join(outDir, "module"), { recursive: true })
  await Promise.all([
    bundle({
      entryPoints: [path.join(sources, "core.ts")],
      outfile: path.join(outDir, "module/core.js"),
      format: "esm",
      // CommonJS asks for node's modules through this: the SDK's, and after it the packages in a module's bundle.
      banner: {
        js: 'import { createRequire as slipwayCreateRequire } from "node:module"; globalThis.require ??= slipwayCreateRequire(import.meta.url);',
      },
      plugins: [findDagger(dagger), leaveOut(sources)],
    }),
    ...["build", "scan"].map((program) =>
      bundle({
        entryPoints: [path.join(sources, `${program}.ts`)],
        outfile: path.join(outDir, `${program}.cjs`),
        format: "cjs",
        plugins: [findDagger(dagger)],
      }),
    ),
    copyLibraries(path.dirname(fromDagger.resolve("typescript")), outDir),
    fs.copyFile(findEsbuild(fromProject), path.join(outDir, "esbuild")),
    copyDeclarations(dagger, path.join(outDir, "editor/declarations")),
    ...Object.entries(generatedFiles).map(([file, text]) => write(path.join(outDir, file), text)),
  ])
}

/** The engine and the SDK speak one version of the API; npm would take a newer SDK where a range allows it. */
async function checkVersions(runtimeConfig: string, dagger: string): Promise<void> {
  const { engineVersion } = JSON.parse(await fs.readFile(runtimeConfig, "utf8")) as { engineVersion: string }
  const sdk = JSON.parse(await fs.readFile(path.join(dagger, "../../package.json"), "utf8")) as {
    version: string
  }
  if (engineVersion === `v${sdk.version}`) return
  throw new Error(
    `@dagger.io/dagger is ${sdk.version} but the engine is ${engineVersion}: pin ${engineVersion.slice(1)} in package.json, without ^`,
  )
}

/** Node keeps what V8 compiled beside the program, so that the compiler is not itself compiled again at each edit. */
const startFile = (program: string): string => `import { enableCompileCache } from "node:module"
enableCompileCache(new URL("./compile-cache", import.meta.url).pathname)
process.env.ESBUILD_BINARY_PATH = new URL("./esbuild", import.meta.url).pathname
await import("./${program}.cjs")
`

const generatedFiles = {
  "build.mjs": startFile("build"),
  "scan.mjs": startFile("scan"),
  "module/index.ts": `export * from "./client.gen.js"\nexport * from "./core.js"\n`,
  "module/telemetry.ts": `export { getTracer } from "./core.js"\n`,
  "module/package.json": `${JSON.stringify(
    {
      name: "@dagger.io/dagger",
      version: "0.0.0",
      private: true,
      type: "module",
      main: "./index.ts",
      types: "./index.ts",
      exports: { ".": "./index.ts", "./telemetry": "./telemetry.ts" },
    },
    undefined,
    2,
  )}\n`,
  "editor/core.d.ts": `export { GraphQLClient } from "graphql-request"
export type { CallbackFct } from "./declarations/connect.js"
export { connect, connection } from "./declarations/connect.js"
export type { ConnectOpts } from "./declarations/connectOpts.js"
export { Context } from "./declarations/common/context.js"
export * from "./declarations/common/errors/index.js"
export * from "./declarations/module/decorators.js"
export { getTracer } from "./declarations/telemetry/index.js"
`,
  // The library's declarations speak of the bindings: in a module those are its own.
  "editor/declarations/api/client.gen.d.ts": `export * from "../../client.gen.js"\n`,
}

async function bundle(options: esbuild.BuildOptions): Promise<void> {
  await esbuild.build({
    bundle: true,
    platform: "node",
    mainFields: ["module", "main"],
    target: "node22",
    keepNames: true,
    legalComments: "none",
    logLevel: "error",
    tsconfigRaw: {},
    ...options,
  })
}

/** Finds the SDK where npm put it, though the sources name one place. */
function findDagger(dagger: string): esbuild.Plugin {
  const inPackage = "/node_modules/@dagger.io/dagger/dist/src/"
  return {
    name: "find-dagger",
    setup(build) {
      build.onResolve(
        { filter: /\/node_modules\/@dagger\.io\/dagger\/dist\/src\// },
        ({ path: file, ...from }) =>
          build.resolve(`./${file.slice(file.indexOf(inPackage) + inPackage.length)}`, {
            kind: from.kind,
            resolveDir: dagger,
          }),
      )
    },
  }
}

/** Leaves out what a function call never needs, and the bindings: a module has its own, made from the schema that it sees. */
function leaveOut(sources: string): esbuild.Plugin {
  return {
    name: "leave-out",
    setup(build) {
      build.onResolve({ filter: /\/client\.gen\.js$/ }, () => ({ path: "./client.gen.ts", external: true }))
      build.onResolve({ filter: /^@opentelemetry\/sdk-node$/ }, () => ({
        path: path.join(sources, "node-sdk.ts"),
      }))
      // Only scanning compiles, and only a client outside the engine starts one.
      build.onResolve(
        { filter: /^typescript$|\/(provisioning|typescript_module)\/index\.js$/ },
        ({ path: file }) => ({
          path: file,
          namespace: "absent",
        }),
      )
      build.onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "module.exports = {}" }))
    },
  }
}

async function copyLibraries(typescript: string, outDir: string): Promise<void> {
  const libraries = (await fs.readdir(typescript)).filter((file) => /^lib\..*d\.ts$/.test(file))
  await Promise.all(
    libraries.map((file) => fs.copyFile(path.join(typescript, file), path.join(outDir, file))),
  )
}

function findEsbuild(fromProject: NodeJS.Require): string {
  const fromEsbuild = createRequire(fromProject.resolve("esbuild"))
  return fromEsbuild.resolve(`@esbuild/linux-${process.arch}/bin/esbuild`)
}

async function copyDeclarations(dagger: string, outDir: string): Promise<void> {
  const wanted =
    /^(connect|connectOpts|common\/.*|telemetry\/(index|tracer)|module\/(decorators|registry))\.d\.ts$/
  const files = (await fs.readdir(dagger, { recursive: true })).filter((file) => wanted.test(file))
  await Promise.all(
    files.map(async (file) => {
      const text = await fs.readFile(path.join(dagger, file), "utf8")
      await write(path.join(outDir, file), text.replace(/\n\/\/# sourceMappingURL=.*/, "\n"))
    }),
  )
}

async function write(file: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true })
  await fs.writeFile(file, text)
}
