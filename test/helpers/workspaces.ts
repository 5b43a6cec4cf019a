import { cpSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "yaml"
import type { Target } from "../../ci/io/load-target.js"
import { checkout } from "./slipway.js"

/**
 * A workspace of services and shared code whose lockfile the real tool has made: `repository`, and in `bumped` the files
 * that change when a dependency of one service moves. `answers` holds what the tool says that each service has.
 */
export interface Workspace {
  readonly format: string
  readonly services: readonly string[]
  /** Where a service has several slices of one lock: to build and to run, or for production and development. */
  readonly variants: readonly string[]
  /** The service whose dependency moves. */
  readonly bumped: string
  /** What a target's slice holds, sorted: packages as name@version, or files or modules where no lock has versions. */
  readonly slice: (target: Target, asked: Asked) => readonly string[]
}

interface Asked {
  readonly variant: string
  /** The folder that the workspace lies in. */
  readonly root: string
}

const node = { services: ["billing", "mail", "report"], bumped: "billing", variants: ["build", "runtime"] }
const two = { services: ["a", "b"], bumped: "a" }
const python = { ...two, variants: ["production", "development"], slice: requirements }

/** All of them. */
export const workspaces: readonly Workspace[] = [
  { format: "npm", ...node, slice: nodeSlice("package-lock.json", npmPackages) },
  { format: "pnpm", ...node, slice: nodeSlice("pnpm-lock.yaml", pnpmPackages) },
  { format: "yarn1", ...node, slice: nodeSlice("yarn.lock", yarn1Packages) },
  { format: "yarn4", ...node, slice: nodeSlice("yarn.lock", yarn4Packages) },
  { format: "go/work", ...two, variants: ["build"], slice: goPackages },
  { format: "go/replace", ...two, variants: ["build"], slice: goPackages },
  { format: "cargo", ...two, variants: ["build"], slice: crates },
  { format: "uv", ...python },
  { format: "poetry", ...python },
  { format: "pip", ...python },
  {
    format: "maven",
    services: ["billing", "invoices"],
    bumped: "billing",
    variants: ["build"],
    slice: mavenProjects,
  },
]

/** The workspace of a format. */
export function workspaceOf(format: string): Workspace {
  const found = workspaces.find((each) => each.format === format)
  if (!found) throw new Error(`there is no workspace of ${format}`)
  return found
}

/** Lays a workspace out in a folder, as it is or with the moved dependency. */
export function layOut({ format }: Workspace, root: string, state: "repository" | "bumped"): string {
  const folder = join(checkout, "test/fixtures/workspaces", format)
  cpSync(join(folder, "repository"), root, { recursive: true })
  if (state === "bumped") cpSync(join(folder, "bumped"), root, { recursive: true })
  return root
}

/** The file with what the tool said of a service. */
export function answerFile({ format }: Workspace, service: string, variant: string): string {
  return join(checkout, "test/fixtures/workspaces", format, "answers", `${service}.${variant}.txt`)
}

/** An answer as its file holds it. */
export function answerText(packages: Iterable<string>): string {
  return [...new Set(packages)]
    .sort()
    .map((each) => `${each}\n`)
    .join("")
}

function textOf(target: Target, path: string): string {
  const text = target.inputs.find((entry) => entry.path === path)?.text
  if (text === undefined) throw new Error(`${target.service} has no slice in ${path}`)
  return text
}

function nodeSlice(lock: string, packages: (text: string) => readonly string[]): Workspace["slice"] {
  return (target, { variant }) =>
    packages(textOf(target, `.slipway/node/${variant}-services-${target.service}/${lock}`))
}

function npmPackages(text: string): readonly string[] {
  interface Entry {
    readonly name?: string
    readonly version?: string
    readonly link?: boolean
  }
  const { packages } = JSON.parse(text) as { packages: Record<string, Entry> }
  return Object.entries(packages).flatMap(([key, { name, version, link }]) =>
    key.includes("node_modules/") && link !== true
      ? [`${name ?? key.replace(/.*node_modules\//, "")}@${version}`]
      : [],
  )
}

function pnpmPackages(text: string): readonly string[] {
  return Object.keys((parse(text) as { packages: Record<string, object> }).packages)
}

function yarn1Packages(text: string): readonly string[] {
  return [...text.matchAll(/^"?(@?[^@\n]+)@.*:\n {2}version "(.*)"/gm)].map(
    ([, name, version]) => `${name}@${version}`,
  )
}

function yarn4Packages(text: string): readonly string[] {
  const found = text.matchAll(/^ {2}version: (.*)\n {2}resolution: "(@?[^@]+)@(?!workspace:)/gm)
  return [...found].map(([, version, name]) => `${name}@${version}`)
}

/** What Python's recipe installs: its slice is no file, but a part of the recipe. */
function requirements({ recipe }: Target): readonly string[] {
  const texts = recipe.stages.flatMap(({ steps }) =>
    steps.flatMap((step) =>
      step.do === "write" && step.path.startsWith("/requirements") ? [step.text] : [],
    ),
  )
  return texts.flatMap((text) =>
    [...text.matchAll(/^([\w.-]+)==([^ \n]+)/gm)].map(([, name, version]) => `${name}@${version}`),
  )
}

function crates(target: Target): readonly string[] {
  const found = textOf(target, "Cargo.lock").matchAll(/name = "(.*)"\nversion = "(.*)"/g)
  return [...found].map(([, name, version]) => `${name}@${version}`)
}

/** Files of a Go service without those that say which modules there are. */
export function localFiles({ inputs }: Target): readonly string[] {
  return inputs.map(({ path }) => path).filter((path) => !isModuleFile(path))
}

function isModuleFile(path: string): boolean {
  return /(^|\/)go\.(mod|sum|work|work\.sum)$/.test(path)
}

/** Files, and what the reached modules require from outside of the repository. */
function goPackages(target: Target, { root }: Asked): readonly string[] {
  const mods = target.inputs.flatMap(({ path }) => (/(^|\/)go\.mod$/.test(path) ? [path] : []))
  const required = mods.flatMap((path) => [
    ...readFileSync(join(root, path), "utf8").matchAll(/^(?:require)?\s+([\w./-]+) (v[^ \n]+)/gm),
  ])
  const outside = required.filter(([, path]) => path?.startsWith("example.com/") === false)
  return [...localFiles(target), ...outside.map(([, path, version]) => `${path}@${version}`)]
}

/** The poms that Maven sees, and the libraries that they name. */
function mavenProjects({ inputs }: Target, { root }: Asked): readonly string[] {
  const poms = inputs.map(({ path }) => path).filter((path) => /(^|\/)pom\.xml$/.test(path))
  const named = poms.flatMap((path) => [
    ...readFileSync(join(root, path), "utf8").matchAll(
      /<groupId>(.*)<\/groupId>\s*<artifactId>(.*)<\/artifactId>\s*<version>(\d.*)<\/version>/g,
    ),
  ])
  return [...poms, ...named.map(([, group, artifact, version]) => `${group}:${artifact}@${version}`)]
}
