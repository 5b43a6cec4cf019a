import type { LockedPackageNode } from "./lockfile.js"

/** Packages that native ones depend on to be compiled, or to find what was compiled. */
const signs = [
  ...["bindings", "cmake-js", "nan", "node-addon-api", "node-gyp", "node-gyp-build"],
  ...["node-pre-gyp", "@mapbox/node-pre-gyp", "prebuild-install", "node-api-headers"],
]

/**
 * Packages whose scripts only check that a program from the npm registry is there, or fetch one from elsewhere when it
 * is not.
 */
const needless = ["sharp", "core-js", "core-js-pure", "husky"]

/** True when a compiler is needed to install these packages. */
export function needsCompiler(packages: readonly LockedPackageNode[]): boolean {
  return packages.some(
    ({ name, dependencies, hasInstallScript }) =>
      hasInstallScript !== false && !needless.includes(name) && isNative(dependencies, hasInstallScript),
  )
}

function isNative(dependencies: readonly string[], hasInstallScript: boolean | undefined): boolean {
  const isSigned = dependencies.some((name) => signs.includes(name))
  return hasInstallScript === undefined ? isSigned : hasInstallScript && isSigned
}

/** True when one of these packages may have a script that runs when it is installed. */
export function mayHaveScripts(packages: readonly LockedPackageNode[], isKnown: boolean): boolean {
  return packages.some(
    ({ name, hasInstallScript }) => !needless.includes(name) && (isKnown ? hasInstallScript === true : true),
  )
}

/**
 * A program for node that runs the scripts of installed packages, as npm does, whoever installed them: its first
 * argument is a JSON list of the only packages that may, or null; the others are folders whose node_modules it looks
 * into. Nothing is fetched ready-made from outside of the registry: what is native is compiled.
 */
export const installScriptsProgram = `
const { existsSync, lstatSync, readdirSync, readFileSync } = require("node:fs")
const { delimiter, dirname, join } = require("node:path")
const { spawnSync } = require("node:child_process")
const { argv, cwd, env: inherited, execPath, exit } = require("node:process")
const [allowedText, ...roots] = argv.slice(2)
const allowed = JSON.parse(allowedText)
const needless = ${JSON.stringify(needless)}
const found = []
const list = (folder) => (existsSync(folder) ? readdirSync(folder).sort() : [])
const isFolder = (path) => lstatSync(path).isDirectory()
function modules(folder) {
  for (const name of list(folder)) {
    const path = join(folder, name)
    if (name === ".pnpm") for (const inner of list(path)) modules(join(path, inner, "node_modules"))
    if (name.startsWith(".") || !isFolder(path)) continue
    if (name.startsWith("@")) for (const inner of list(path)) one(join(path, inner))
    else one(path)
  }
}
function one(path) {
  if (!isFolder(path)) return
  modules(join(path, "node_modules"))
  if (existsSync(join(path, "package.json"))) found.push(path)
}
roots.forEach((root) => modules(join(root, "node_modules")))
const scriptsOf = (path) => {
  const { name, version, scripts = {}, gypfile } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"))
  const all = { ...scripts }
  if (!all.install && !all.preinstall && gypfile !== false && existsSync(join(path, "binding.gyp"))) all.install = "node-gyp rebuild"
  return { name, version, all }
}
for (const path of found) {
  const { name, version, all } = scriptsOf(path)
  if (needless.includes(name) || (allowed && !allowed.includes(name))) continue
  const bins = []
  for (let folder = path; folder !== "/"; folder = dirname(folder)) bins.push(join(folder, "node_modules/.bin"))
  for (const event of ["preinstall", "install", "postinstall"]) {
    if (!all[event]) continue
    console.log("> " + name + "@" + version + " " + event + ": " + all[event])
    const env = {
      ...inherited,
      PATH: [...bins, inherited.PATH].join(delimiter),
      INIT_CWD: cwd(),
      npm_config_build_from_source: "true",
      npm_lifecycle_event: event,
      npm_lifecycle_script: all[event],
      npm_package_name: name,
      npm_package_version: version,
      npm_node_execpath: execPath,
    }
    const { status } = spawnSync("sh", ["-c", all[event]], { cwd: path, env, stdio: "inherit" })
    if (status !== 0) {
      console.error(name + "@" + version + ": its script " + event + " ended with " + status)
      exit(1)
    }
  }
}
`

/** What compilers leave beside what they made, with paths and times in it. */
export const removeCompilersTraces = [
  "find . -path '*/node_modules/*' -type d '(' -name obj.target -o -name .deps ')' -prune -exec rm -rf {} +",
  "find . -path '*/node_modules/*/build/*' -type f '(' -name '*.mk' -o -name '*Makefile' -o -name config.gypi -o -name '*.o' -o -name '*.a' -o -name '*.tlog' ')' -delete",
  "find . -path '*/node_modules/*/build/Release/*.node' -type f -exec strip --strip-unneeded {} +",
].join("\n")
