import { posix } from "node:path"
import type { EnvironmentName, Platform } from "../../ids.js"
import { script, shellWord, type Step } from "../steps.js"

/** Files of installed packages that no run reads. */
const idleInPackages = [
  ...["*.d.ts", "*.d.mts", "*.d.cts", "*.map", "*.md", "*.markdown"],
  ...["*.c", "*.cc", "*.cpp", "*.h", "*.hpp", "*.gyp", "*.gypi"],
]

/** What package managers note of an install: for them alone, and with times in it. */
const notes = [
  ".package-lock.json",
  ".modules.yaml",
  ".yarn-integrity",
  ".yarn-state.yml",
  ".pnpm-workspace-state*.json",
  ".pnpm-needs-build-marker",
  ".package-map.json",
]

/** Lockfiles, settings of package managers and of what else works with a repository; of no use without them. */
const neverInService = [
  ...["package-lock.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "yarn.lock"],
  ...[".npmrc", ".yarnrc", ".yarnrc.yml", ".pnp.cjs", ".pnp.loader.mjs", ".pnpmfile.cjs"],
  ...[".gitignore", ".gitattributes", ".dockerignore", "Dockerfile", ".editorconfig", ".nvmrc"],
  ...[".eslintrc*", "eslint.config.*", ".prettierrc*", ".prettierignore"],
]

/** Files of a built service that no run reads. */
const idleInService = ["tsconfig*.json", "*.tsbuildinfo", "*.test.js", "*.spec.js"]

/** TypeScript, of which a build made something else. */
const typeScript = ["*.ts", "*.mts", "*.cts", "*.tsx", "*.map"]

const collecting = "collect service"

/** The steps that build a service, without those that put something of it into an image. */
export function beforeCollecting(steps: readonly Step[]): readonly Step[] {
  return steps.slice(
    0,
    steps.findIndex((step) => step.do === "run" && step.name === collecting),
  )
}

/** Where in the source tree an image begins, and what of it. */
export interface Tree {
  /** The folder that becomes /app. */
  readonly from: string
  /** Folders and files in it, each with whether a build made something of its TypeScript. */
  readonly parts: readonly { readonly path: string; readonly isBuilt: boolean }[]
  readonly made?: string
}

/** Which packages an image gets. */
export interface Packages {
  /** The folder that becomes /app. */
  readonly from: string
  readonly environment: EnvironmentName
  readonly platform: Platform
  /** The program of a package that starts the service, and the service's folder in `from`. */
  readonly program?: { readonly name: string; readonly folder: string }
}

/** Puts the installed packages of a source tree into /out/app; development keeps all of their files. */
export function collectPackages({ from, environment, platform, program }: Packages): Step {
  const cpu = platform === "linux/arm64" ? "arm64" : "x64"
  return script(
    "collect packages",
    "mkdir -p /out/app",
    `cd ${shellWord(from)}`,
    "find . -name node_modules -prune -exec cp -R --parents {} /out/app ';'",
    "find /out/app -name .bin -path '*/node_modules/.bin' -prune -exec rm -rf {} +",
    deleteFiles("/out/app", notes),
    "find /out/app -path '*/node_modules/.pnpm/lock.yaml' -delete",
    // Older lockfiles do not say which of these packages are for another C library.
    "find /out/app -path '*/node_modules/@*' -type d '(' -name '*linuxmusl*' -o -name '*-linux-*-musl*' ')' -prune -exec rm -rf {} +",
    `find /out/app -path '*/prebuilds/*' -type d ! -name 'linux-${cpu}*' -prune -exec rm -rf {} +`,
    ...(environment === "development" ? [] : [deleteFiles("/out/app", idleInPackages)]),
    "find /out/app -mindepth 1 -type d -empty -delete",
    ...(program === undefined ? [] : keepProgram(program)),
  )
}

/** Links the one program that an image starts: package managers put it in the service's folder, or above it. */
function keepProgram({ name, folder }: NonNullable<Packages["program"]>): readonly string[] {
  const bin = posix.join(folder, "node_modules/.bin")
  return [
    `found=${shellWord(folder)}`,
    `while [ "$found" != . ] && [ ! -e "$found/node_modules/.bin/${name}" ]; do found=$(dirname "$found"); done`,
    `if [ ! -e "$found/node_modules/.bin/${name}" ]; then`,
    `  echo "no package for production brings the program ${name}: move its package from devDependencies to dependencies, or name another entrypoint" >&2`,
    "  exit 1",
    "fi",
    `mkdir -p ${shellWord(posix.join("/out/app", bin))}`,
    `ln -s "$(realpath --relative-to=${shellWord(bin)} "$found/node_modules/.bin/${name}")" ${shellWord(posix.join("/out/app", bin, name))}`,
  ]
}

/**
 * Puts the parts of a built source tree without their packages into /out/app; development keeps sources and source maps.
 * `made` is the file in `from` that a build was to make.
 */
export function collectService({ from, parts, made }: Tree, environment: EnvironmentName): Step {
  const paths = parts.map(({ path }) => shellWord(path)).join(" ")
  const cleaned = parts.map(({ path, isBuilt }) =>
    deleteFiles(posix.join("/out/app", path), [...idleInService, ...(isBuilt ? typeScript : [])]),
  )
  return script(
    collecting,
    "mkdir -p /out/app",
    `cd ${shellWord(from)}`,
    ...(made === undefined ? [] : [mustBeMade(made)]),
    `tar --create --file=- --exclude=node_modules -- ${paths} | tar --extract --file=- --directory=/out/app`,
    "rm -rf /out/app/.slipway /out/app/.yarn",
    deleteFiles("/out/app", neverInService),
    ...(environment === "development" ? [] : cleaned),
    "find /out/app -mindepth 1 -type d -empty -delete",
  )
}

const installed = "/installed"

/** Separates what was installed from what a build makes of it. */
export const markInstalled = script("mark installed packages", `touch ${installed}`)

/** Generators that write beside packages, under a name that no package has. */
const generated = [".prisma", ".zenstack"]

/**
 * Puts what builds changed in the image's packages, or generated for them, into /out/app: patch-package's patches, a
 * client that Prisma makes. `packages` is the stage of those packages.
 */
export function carryChanges(from: string, packages: string): readonly Step[] {
  return [
    { do: "mountFrom", stage: packages, path: "/out", to: "/dependencies" },
    script(
      "carry changed packages",
      `cd ${shellWord(from)}`,
      `find . -path '*/node_modules/*' -type f -newer ${installed} | sort | while IFS= read -r file; do`,
      `  package=$(printf %s "$file" | sed -E 's#^(.*/node_modules/(@[^/]+/)?[^/]+)/.*#\\1#')`,
      '  case "$package" in',
      `    ${generated.map((name) => `*/${name}`).join("|")}) ;;`,
      '    *) [ -d "/dependencies/app/$package" ] || continue ;;',
      "  esac",
      '  cp --parents "$file" /out/app',
      "done",
    ),
  ]
}

/** Node's own word for a missing file comes only when the image starts, and does not say what is there. */
function mustBeMade(file: string): string {
  const folder = posix.dirname(file)
  return [
    `if [ ! -e ${shellWord(file)} ]; then`,
    `  echo "the build made no ${posix.basename(file)} in ${folder}; name what it made under entrypoint:" >&2`,
    `  find . -name node_modules -prune -o '(' -name index.js -o -name main.js -o -name server.js -o -name app.js ')' -print | sort | head -n 20 >&2`,
    "  exit 1",
    "fi",
  ].join("\n")
}

/** Puts the server that Next.js made into /out/app: it brings its packages, and finds its assets beside itself. */
export function collectNext(service: string, inner: string): Step {
  const to = posix.join("/out/app", inner)
  return script(
    collecting,
    `cd ${shellWord(service)}`,
    "mkdir -p /out",
    "cp -R .next/standalone /out/app",
    `mkdir -p ${shellWord(`${to}/.next`)}`,
    `if [ -d .next/static ]; then cp -R .next/static ${shellWord(`${to}/.next/static`)}; fi`,
    `if [ -d public ]; then cp -R public ${shellWord(`${to}/public`)}; fi`,
    deleteFiles("/out/app", [".npmrc", ".package-lock.json"]),
  )
}

function deleteFiles(folder: string, names: readonly string[]): string {
  const tests = names.map((name) => `-name '${name}'`).join(" -o ")
  return `find ${shellWord(folder)} -type f '(' ${tests} ')' -delete`
}
