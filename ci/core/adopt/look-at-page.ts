import { posix } from "node:path"
import { nextConfigFiles } from "../recipe/node/next.js"
import { parsePackageJson, type PackageJson } from "../recipe/node/package-json.js"
import { programOf, startOf } from "../recipe/node/start.js"
import { plainPage } from "../recipe/static/page.js"
import type { Result } from "../result.js"
import type { Hint, Look, Proposal, Settings } from "./proposal.js"
import type { Place, RepositoryView } from "./view.js"

/** Packages that make pages, each with where they leave them if Slipway does not look there itself. */
const pageTools =
  /^(vite|react-scripts|@angular\/cli|@angular\/build|@angular-devkit\/build-angular|parcel|@vue\/cli-service|astro|gatsby|@docusaurus\/core|@11ty\/eleventy|vitepress|html-webpack-plugin|@sveltejs\/adapter-static|elm)$/

/** Packages that make a server of what is built. */
const serverTools =
  /^(express|fastify|koa|@nestjs\/core|hono|@remix-run\/.*|@react-router\/(node|serve)|nuxt|@sveltejs\/adapter-node|@astrojs\/node|@angular\/ssr)$/

/** Packages that show views under addresses of their own. */
const routers =
  /^(react-router|react-router-dom|@tanstack\/react-router|wouter|vue-router|@angular\/router|preact-router|@solidjs\/router|svelte-routing)$/

/** The package.json of a folder, or what is wrong with it; undefined where there is none. */
export function packageIn(folder: string, view: RepositoryView): Result<PackageJson> | undefined {
  const file = posix.join(folder, "package.json")
  const text = view.text(file)
  return text === undefined ? undefined : parsePackageJson(text, file)
}

/** True for a package whose build makes a page and no server. */
export function isPage(folder: string, manifest: PackageJson, view: RepositoryView): boolean {
  const { scripts, dependencies, devDependencies } = manifest
  if (scripts["build"] === undefined) return false
  const names = [...Object.keys(dependencies), ...Object.keys(devDependencies)]
  if (names.includes("next")) return isNextExport(folder, view)
  const start = startOf({ ...manifest, main: undefined, bin: undefined })
  // A program of a package serves the page to its developers.
  const isStarted = start !== undefined && programOf(start.file) === undefined
  const isLibrary = manifest["exports"] !== undefined || manifest["types"] !== undefined
  return (
    names.some((name) => pageTools.test(name)) &&
    !Object.keys(dependencies).some((name) => serverTools.test(name)) &&
    !names.some((name) => /adapter-node|@astrojs\/node/.test(name)) &&
    !isStarted &&
    !isLibrary
  )
}

function isNextExport(folder: string, view: RepositoryView): boolean {
  return nextConfigFiles.some((name) =>
    /output\s*:\s*["'`]export["'`]/.test(view.text(posix.join(folder, name)) ?? ""),
  )
}

/** A folder with a page, as it is or built with Node. */
export function lookAtPage({ folder }: Place, view: RepositoryView): Look | undefined {
  const manifest = packageIn(folder, view)
  if (manifest?.ok === false) return undefined
  if (manifest !== undefined)
    return isPage(folder, manifest.value, view)
      ? page("package.json", manifest.value, angularOutput(folder, view))
      : undefined
  const found = plainPage(folder, undefined, view.paths)
  return found === undefined ? undefined : page(posix.join(found, "index.html"))
}

function page(from: string, manifest?: PackageJson, output?: string): Look {
  const names =
    manifest === undefined ? [] : Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
  const router = names.find((name) => routers.test(name))
  const settings: Settings = {
    port: 8080,
    health: { http: "/health" },
    ...(output === undefined ? {} : { entrypoint: output }),
    ...(router === undefined ? {} : { static: { spa: true } }),
  }
  const proposal: Proposal = {
    language: "static",
    from,
    ...(manifest?.name === undefined ? {} : { title: posix.basename(manifest.name) }),
    settings,
    origins: {
      port: "any will do",
      health: "Slipway's own server answers it",
      ...(output === undefined ? {} : { entrypoint: "angular.json" }),
      ...(router === undefined ? {} : { static: router }),
    },
    hints: manifest === undefined || router !== undefined ? [] : [spaHint],
  }
  return { kind: "service", proposal }
}

const spaHint: Hint = {
  setting: "static",
  why: "For a page that shows views under addresses of its own: they get index.html.",
  example: { static: { spa: true } },
  isNeeded: false,
}

/** Angular's page lies in a folder of the project's name, in newer versions in `browser` below it. */
function angularOutput(folder: string, view: RepositoryView): string | undefined {
  const text = view.text(posix.join(folder, "angular.json"))
  if (text === undefined) return undefined
  const [, base] = /"outputPath"\s*:\s*(?:"([^"]+)"|\{[^}]*"base"\s*:\s*"([^"]+)")/.exec(text) ?? []
  const [, project] = /"projects"\s*:\s*\{\s*"([^"]+)"/.exec(text) ?? []
  const isNew = /"builder"\s*:\s*"(@angular\/build|@angular-devkit\/build-angular):application"/.test(text)
  const output = base ?? (project === undefined ? undefined : `dist/${project}`)
  return output === undefined ? undefined : posix.join(output, isNew ? "browser" : ".")
}
