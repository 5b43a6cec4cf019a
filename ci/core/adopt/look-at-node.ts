import { posix } from "node:path"
import { isNextStandalone, nextConfigFiles } from "../recipe/node/next.js"
import type { PackageJson } from "../recipe/node/package-json.js"
import { buildsOf, programOf, startOf } from "../recipe/node/start.js"
import { assemble } from "./assemble.js"
import { dockerfileIn, type DockerfileFacts } from "./dockerfile-facts.js"
import { isPage, packageIn } from "./look-at-page.js"
import { broken, type Hint, type Look, type Proposal, type Settings } from "./proposal.js"
import { readSources, sourcesIn } from "./sources.js"
import type { Place, RepositoryView } from "./view.js"

/** Packages that only servers and workers depend on. */
const serverPackages =
  /^(express|fastify|koa|@nestjs\/core|@hapi\/hapi|hono|restify|polka|@grpc\/grpc-js|grpc|@apollo\/server|apollo-server.*|graphql-yoga|next|nuxt|@remix-run\/node|@react-router\/node|ws|socket\.io|kafkajs|amqplib|bullmq|moleculer|@feathersjs\/.*)$/

/** A package that brings the server which runs in the end. */
interface Framework {
  readonly name: string
  readonly port: number
  /** The server that its build writes, where no script starts one. */
  readonly server?: string
  /** What has it listen on more than localhost. */
  readonly variables?: Readonly<Record<string, string>>
}

const frameworks: readonly Framework[] = [
  { name: "next", port: 3000 },
  { name: "nuxt", port: 3000, server: ".output/server/index.mjs" },
  { name: "@sveltejs/adapter-node", port: 3000, server: "build/index.js" },
  { name: "@astrojs/node", port: 4321, server: "dist/server/entry.mjs", variables: { HOST: "0.0.0.0" } },
  { name: "fastify-cli", port: 3000, variables: { FASTIFY_ADDRESS: "0.0.0.0" } },
]

/** Packages of apps that run on no server. */
const deviceApps = /^(expo|react-native|electron)$/

const workspaceFiles = ["pnpm-workspace.yaml", "lerna.json", "nx.json", "turbo.json", "rush.json"]

/** A folder with a package.json that says how it is started, or that is a server by what it depends on. */
export function lookAtNode(place: Place, view: RepositoryView): Look | undefined {
  const { folder } = place
  const found = packageIn(folder, view)
  if (found === undefined) return undefined
  if (!found.ok) return broken(found)
  const manifest = found.value
  if (isPage(folder, manifest, view)) return undefined
  const docker = dockerfileIn(folder, view)
  const start = startOf(manifest)
  const inFolder = (path: string) => view.has(posix.join(folder, path))
  const isGathering = manifest.workspaces !== undefined || workspaceFiles.some(inFolder)
  if (isGathering && (start === undefined || !inFolder(start.file)))
    return { kind: "library", what: "a workspace's root" }
  if (Object.keys(manifest.dependencies).some((name) => deviceApps.test(name)))
    return { kind: "library", what: "an app for phones or desktops" }
  const script = startScript(manifest)
  const framework = frameworkOf(manifest)
  const isServer = Object.keys(manifest.dependencies).some((name) => serverPackages.test(name))
  const isListening = listensItself(start?.file ?? "server.js", folder, view)
  const runs =
    script !== undefined ||
    docker !== undefined ||
    isListening ||
    framework?.server !== undefined ||
    (isServer && manifest["exports"] === undefined)
  if (!runs) return { kind: "library", what: "a package without a start script" }
  const entry = entrypointOf(place, manifest, docker, view)
  // A file such as bin/www, which is known by no extension.
  const started = start === undefined ? [] : [posix.join(folder, start.file)]
  const proposal = assemble({
    language: "node",
    from: "package.json",
    ...(manifest.name === undefined ? {} : { title: posix.basename(manifest.name) }),
    folder,
    sources: readSources([...new Set([...started, ...sourcesIn(place, view, /\.[cm]?[jt]sx?$/)])], view),
    docker,
    usualPort: framework && { value: framework.port, from: `the port of ${framework.name}` },
    health: nextHealth(folder, view),
    ...entry,
    known: { ...(framework?.variables && { variables: framework.variables }), ...entry.known },
    origins: {
      ...entry.origins,
      ...(framework && { variables: `else ${framework.name} listens on localhost` }),
    },
  })
  return { kind: "service", proposal }
}

function startScript({ scripts }: PackageJson): string | undefined {
  return scripts["start:prod"] ?? scripts["start:production"] ?? scripts["start"]
}

/** Whether a file that would be run makes a server. */
function listensItself(file: string, folder: string, view: RepositoryView): boolean {
  return /\bcreateServer\(|\.listen\(/.test(view.text(posix.join(folder, file)) ?? "")
}

type Entry = Pick<Proposal, "blocked"> & {
  readonly known?: Settings
  readonly origins?: Proposal["origins"]
  readonly hints?: readonly Hint[]
}

/** What runs, where Node's recipe would not find it by itself. */
function entrypointOf(
  { folder }: Place,
  manifest: PackageJson,
  docker: DockerfileFacts | undefined,
  view: RepositoryView,
): Entry {
  const inFolder = (path: string) => view.has(posix.join(folder, path))
  view.ask(nextConfigFiles.map((name) => posix.join(folder, name)))
  const isNext = manifest.dependencies["next"] !== undefined
  if (isNext && !isNextStandalone(folder, manifest, view.texts))
    return { blocked: 'Next.js makes no server of its own. Set output: "standalone" in next.config.js.' }
  if (isNext || startOf(manifest) !== undefined) return {}
  const known = (entrypoint: string, from: string): Entry => ({
    known: { entrypoint },
    origins: { entrypoint: from },
  })
  const framework = frameworkOf(manifest)
  if (framework?.server !== undefined) return known(framework.server, `${framework.name} writes it`)
  const isBuilt = buildsOf(manifest).length > 0
  const usual = isBuilt ? undefined : ["index.js", "server.js"].find(inFolder)
  const started = fileOf((docker?.command ?? []).join(" "), manifest)
  if (started !== undefined && started !== usual) return known(started, `what ${docker?.file} starts`)
  if (usual !== undefined) return {}
  const [source] = /[\w./-]+\.[cm]?[jt]s\b/.exec(startScript(manifest) ?? "") ?? []
  const made =
    source === undefined ? undefined : compiled(source, view.text(posix.join(folder, "tsconfig.json")))
  if (isBuilt && made === "dist/main.js") return {}
  if (isBuilt && made !== undefined) return known(made, `what a build makes of ${source}`)
  if (isBuilt && /\bnest\b/.test(startScript(manifest) ?? "")) return {}
  return { hints: [entrypointHint(made ?? "dist/main.js")] }
}

/** The file that node runs in a command; undefined for other commands. */
function fileOf(command: string, manifest: PackageJson): string | undefined {
  const file = startOf({ ...manifest, main: undefined, bin: undefined, scripts: { start: command } })?.file
  return file === undefined || programOf(file) !== undefined ? undefined : file
}

function entrypointHint(example: string): Hint {
  return {
    setting: "entrypoint",
    why: "The file that node runs; no script of package.json begins with node FILE.",
    example: { entrypoint: example },
    isNeeded: true,
  }
}

/** The JavaScript that compilers make of a TypeScript file: in outDir, without the folder src. */
function compiled(source: string, tsconfig: string | undefined): string {
  const [, out = "dist"] = /^[^/\n]*"outDir"\s*:\s*"(?:\.\/)?([^"]+?)\/?"/m.exec(tsconfig ?? "") ?? []
  const inner = source.replace(/^(\.\/)?(src\/)?/, "").replace(/\.([cm]?)tsx?$/, ".$1js")
  return posix.join(out, inner)
}

function frameworkOf({ dependencies, devDependencies }: PackageJson): Framework | undefined {
  return frameworks.find(({ name }) => name in dependencies || name in devDependencies)
}

/** A route of Next.js is a file. */
function nextHealth(folder: string, view: RepositoryView) {
  for (const path of view.within(folder)) {
    const route = /^(?:src\/)?(?:app\/(.*health\w*)\/route|pages\/(api\/.*health\w*))\.[jt]sx?$/.exec(path)
    const found = route?.[1] ?? route?.[2]
    if (found !== undefined) return { value: { http: `/${found.replace(/\([^)]*\)\//g, "")}` }, from: path }
  }
  return undefined
}
