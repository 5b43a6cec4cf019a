import type { Lock } from "../../lock/lock.js"
import type { ResolvedService } from "../../resolve/resolved-service.js"
import { lockedNpm } from "../locked-tools.js"
import { script, type Step } from "../steps.js"
import type { ManagerName } from "./lockfile.js"
import type { Project } from "./project.js"

/** A package manager as a service wants it: the name of its package, and the beginning of its version. */
export type WantedInstaller = NonNullable<ResolvedService["installer"]>

/** A package manager as the lock pins it. */
export interface LockedInstaller {
  readonly name: string
  readonly version: string
  readonly integrity: string
}

interface Installer {
  /** Its package in the npm registry, and its programs in there. */
  readonly package: string
  readonly programs: Readonly<Record<string, string>>
  /** The beginning of the version that is taken by default. */
  readonly version: string
  readonly variables: Readonly<Record<string, string>>
  readonly cache: Extract<Step, { do: "cache" }>
  /** What installs exactly the lockfile; no package's scripts run. */
  readonly command: string
}

/** The npm that runs in builders. */
export const npmVersion = "11"

const installers: Readonly<Record<ManagerName, Installer>> = {
  npm: {
    package: "npm",
    programs: { npm: "bin/npm-cli.js", npx: "bin/npx-cli.js" },
    version: npmVersion,
    variables: {},
    cache: { do: "cache", path: "/root/.npm", id: "slipway-npm", sharing: "shared" },
    command: "npm ci --ignore-scripts --no-audit --no-fund",
  },
  pnpm: {
    package: "pnpm",
    programs: { pnpm: "bin/pnpm.cjs", pnpx: "bin/pnpx.cjs" },
    version: "10",
    variables: {
      CI: "true",
      npm_config_manage_package_manager_versions: "false",
      npm_config_package_import_method: "copy",
      npm_config_package_manager_strict: "false",
      // Programs are links, which node can run, and not scripts for a shell.
      npm_config_prefer_symlinked_executables: "true",
      npm_config_store_dir: "/root/.pnpm-store",
    },
    cache: { do: "cache", path: "/root/.pnpm-store", id: "slipway-pnpm", sharing: "shared" },
    command: "pnpm install --frozen-lockfile --ignore-scripts",
  },
  yarn1: {
    package: "yarn",
    programs: { yarn: "bin/yarn.js", yarnpkg: "bin/yarn.js" },
    version: "1",
    variables: {
      SKIP_YARN_COREPACK_CHECK: "1",
      YARN_CACHE_FOLDER: "/root/.yarn-cache",
      YARN_IGNORE_PATH: "1",
    },
    cache: { do: "cache", path: "/root/.yarn-cache", id: "slipway-yarn-1", sharing: "locked" },
    command: "yarn install --frozen-lockfile --ignore-scripts --non-interactive --no-progress",
  },
  yarn4: {
    package: "@yarnpkg/cli-dist",
    programs: { yarn: "bin/yarn.js", yarnpkg: "bin/yarn.js" },
    version: "4",
    variables: {
      YARN_ENABLE_GLOBAL_CACHE: "true",
      YARN_ENABLE_PROGRESS_BARS: "false",
      YARN_ENABLE_TELEMETRY: "false",
      YARN_GLOBAL_FOLDER: "/root/.yarn",
      YARN_NODE_LINKER: "node-modules",
    },
    cache: { do: "cache", path: "/root/.yarn", id: "slipway-yarn", sharing: "shared" },
    command: "yarn install --immutable --mode=skip-build",
  },
}

/** How a package manager is used. */
export function installerOf(manager: ManagerName): Installer {
  return installers[manager]
}

/** The programs of a package manager, by the name of its package. */
export function programsOf(name: string): Readonly<Record<string, string>> {
  return Object.values(installers).find((each) => each.package === name)?.programs ?? {}
}

/** The package manager of a project: what packageManager in package.json says, else the usual one of its lockfile. */
export function wantedInstaller({ lockfile, rootManifest }: Project): WantedInstaller {
  const { package: name, version } = installers[lockfile.manager]
  const named = /@(\d+\.\d+\.\d+)/.exec(rootManifest.packageManager ?? "")?.[1]
  return { name, version: named ?? version }
}

/**
 * The wanted package manager as the lock pins it: exactly it, else another of its major version. Any npm of the lock
 * installs what another one locked.
 */
export function lockedInstaller(lock: Lock, { name, version }: WantedInstaller): LockedInstaller | undefined {
  const [major = ""] = version.split(".")
  const found =
    lockedNpm(lock, name, version) ??
    lockedNpm(lock, name, major) ??
    (name === "npm" ? lockedNpm(lock, name, npmVersion) : undefined)
  return found && { name, ...found }
}

/** Runs a script of a package.json. */
export function runScript(manager: ManagerName, name: string): Step {
  const program = manager.replace(/\d$/, "")
  return { do: "run", name: `${program} run ${name}`, command: [program, "run", name] }
}

/** Installs what lies in the working directory. */
export function installStep(manager: ManagerName, ...before: readonly string[]): Step {
  const { command } = installers[manager]
  return script(command.split(" --")[0] ?? command, ...before, command)
}
