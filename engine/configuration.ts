import { join } from "node:path"
import type { Home } from "./home.js"

/** Where clients reach the engine. */
export function socketOf(home: Home): string {
  return `unix://${join(home.run, "engine.sock")}`
}

/** The engine's `engine.toml`: BuildKit's configuration format. */
export function engineToml(home: Home, registry: string, gc: GarbageLimits): string {
  return `root = "/run/slipway/state"
insecure-entitlements = ["security.insecure"]

[grpc]
  address = [${JSON.stringify(socketOf(home))}]

[worker.oci]
  cniBinaryPath = "/run/slipway/cni"
  gc = true

  # Cache mounts and layers go, oldest first, once they hold more than this or the disk is nearly full.
  [[worker.oci.gcpolicy]]
    all = true
    reservedSpace = "${gc.reservedSpace}"
    maxUsedSpace = "${gc.maxUsedSpace}"
    minFreeSpace = "${gc.minFreeSpace}"

[registry."docker.io"]
  mirrors = ["${registry}"]

[registry."${registry}"]
  http = true
`
}

/** Limits of the engine's cache, as BuildKit reads sizes: bytes with a unit, or a share of the disk. */
export interface GarbageLimits {
  readonly reservedSpace: string
  readonly maxUsedSpace: string
  readonly minFreeSpace: string
}

/** Defaults, each replaced by an environment variable of the same meaning. */
export function garbageLimits(env: NodeJS.ProcessEnv): GarbageLimits {
  return {
    reservedSpace: env["SLIPWAY_CACHE_RESERVED"] ?? "5GB",
    maxUsedSpace: env["SLIPWAY_CACHE_MAX"] ?? "40GB",
    minFreeSpace: env["SLIPWAY_CACHE_FREE"] ?? "10%",
  }
}
