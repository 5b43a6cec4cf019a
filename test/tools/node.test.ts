import { execa } from "execa"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { inject } from "vitest"
import { compareWithTool, type Question } from "./compare.js"

const programs = {
  npm: "npm/bin/npm-cli.js",
  pnpm: "pnpm/bin/pnpm.cjs",
  yarn1: "yarn/bin/yarn.js",
  yarn4: "@yarnpkg/cli-dist/bin/yarn.js",
}

/** Runs a package manager as builds do: of its own version, whatever the repository or the machine has. */
async function run(manager: keyof typeof programs, cwd: string, ...args: readonly string[]): Promise<string> {
  const folder = inject("packageManagers")
  const program = join(folder, "node_modules", programs[manager])
  const env = {
    npm_config_manage_package_manager_versions: "false",
    SKIP_YARN_COREPACK_CHECK: "1",
    YARN_CACHE_FOLDER: join(folder, "yarn-cache"),
    YARN_ENABLE_GLOBAL_CACHE: "false",
    YARN_ENABLE_TELEMETRY: "0",
    YARN_IGNORE_PATH: "1",
  }
  return (await execa(process.execPath, [program, ...args], { cwd, env })).stdout
}

interface Tree {
  readonly _dependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  readonly name?: string
  readonly path?: string
  readonly from?: string
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, Tree>>
  readonly devDependencies?: Readonly<Record<string, Tree>>
  readonly optionalDependencies?: Readonly<Record<string, Tree>>
}

compareWithTool("npm", async ({ root, service, variant }) => {
  const whole = ["--all", "--long", "--json", "--package-lock-only", "--include-workspace-root"]
  const without = variant === "runtime" ? ["--omit=dev"] : []
  const output = await run("npm", root, "ls", `--workspace=services/${service}`, ...whole, ...without)
  return fromOutside(reachedIn(JSON.parse(output) as Tree))
})

/**
 * Everything in npm's tree, in which a package has its dependencies only where it comes first. What a package can do
 * without counts for those who bring it, not for those who would use it where it happens to be.
 */
function reachedIn(root: Tree): readonly string[] {
  const known = new Map<string, Tree>()
  const learn = (tree: Tree): void => {
    if (tree.dependencies !== undefined) known.set(tree.path ?? "", tree)
    Object.values(tree.dependencies ?? {}).forEach(learn)
  }
  learn(root)
  const reached = new Map<string, string>()
  const visit = ({ path = "" }: Tree): void => {
    const {
      dependencies = {},
      _dependencies: wanted = {},
      peerDependenciesMeta: peers = {},
    } = known.get(path) ?? {}
    for (const [key, inner] of Object.entries(dependencies)) {
      const isOptionalPeer = wanted[key] === undefined && peers[key]?.optional === true
      if (isOptionalPeer || inner.path === undefined || reached.has(inner.path)) continue
      reached.set(inner.path, `${inner.name ?? key}@${inner.version}`)
      visit(inner)
    }
  }
  visit(root)
  return [...reached.values()]
}

compareWithTool("pnpm", async ({ root, service, variant }) => {
  const which = [`--filter=./services/${service}...`, "--filter=acme"]
  const without = variant === "runtime" ? ["--prod"] : []
  const output = await run(
    "pnpm",
    root,
    "list",
    "--lockfile-only",
    "--json",
    "--depth=Infinity",
    ...which,
    ...without,
  )
  const flatten = ({
    dependencies = {},
    devDependencies = {},
    optionalDependencies = {},
  }: Tree): readonly string[] =>
    [dependencies, devDependencies, optionalDependencies].flatMap((kind) =>
      Object.entries(kind).flatMap(([key, inner]) => [
        `${inner.from ?? key}@${inner.version}`,
        ...flatten(inner),
      ]),
    )
  return fromOutside((JSON.parse(output) as Tree[]).flatMap(flatten))
})

interface Listed {
  readonly name: string
  readonly shadow?: boolean
  readonly children?: readonly Listed[]
}

compareWithTool("yarn1", (question) =>
  inOwnWorkspace(question, async (root) => {
    const without = question.variant === "runtime" ? ["--prod"] : []
    const output = await run("yarn1", root, "list", "--json", "--frozen-lockfile", ...without)
    const lines = output
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; data: { trees: Listed[] } })
    const flatten = ({ name, shadow, children = [] }: Listed): readonly string[] => [
      ...(shadow === true ? [] : [name]),
      ...children.flatMap(flatten),
    ]
    return fromOutside((lines.find(({ type }) => type === "tree")?.data.trees ?? []).flatMap(flatten))
  }),
)

compareWithTool("yarn4", (question) =>
  inOwnWorkspace(question, async (root) => {
    if (question.variant === "runtime") await withoutDevelopment(root)
    const folders = [root, join(root, "services", question.service)]
    const outputs = await Promise.all(
      folders.map((folder) => run("yarn4", folder, "info", "--recursive", "--json")),
    )
    const packages = outputs.flatMap((output) =>
      output
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as { value: string; children: { Version: string } }),
    )
    return fromOutside(
      packages.map(({ value, children }) => `${value.replace(/(.)@.*$/, "$1")}@${children.Version}`),
    )
  }),
)

/** Without the repository's own packages. */
function fromOutside(packages: readonly string[]): readonly string[] {
  return packages.filter((each) => !/^(@acme\/|acme@)/.test(each))
}

/** Yarn lists whole workspaces alone: the root of a copy names but the service and its shared code. */
async function inOwnWorkspace(
  { root, service }: Question,
  ask: (root: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const copy = mkdtempSync(join(dirname(root), "own-"))
  try {
    cpSync(root, copy, { recursive: true })
    edit(copy, (manifest) => ({ ...manifest, workspaces: [`services/${service}`, "libs/money"] }))
    return await ask(copy)
  } finally {
    rmSync(copy, { recursive: true })
  }
}

/** Yarn 4 knows no list without what is for development: that is taken away, and yarn takes it out of its lock. */
async function withoutDevelopment(root: string): Promise<void> {
  const removed = { devDependencies: undefined }
  const { workspaces } = edit(root, (manifest) => ({ ...manifest, ...removed }))
  for (const folder of workspaces as string[])
    edit(join(root, folder), (manifest) => ({ ...manifest, ...removed }))
  await run("yarn4", root, "install", "--mode=update-lockfile")
}

type Manifest = Readonly<Record<string, unknown>>

function edit(folder: string, change: (manifest: Manifest) => Manifest): Manifest {
  const file = join(folder, "package.json")
  const changed = change(JSON.parse(readFileSync(file, "utf8")))
  writeFileSync(file, JSON.stringify(changed, undefined, 2))
  return changed
}
