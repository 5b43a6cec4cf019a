import type { Platform } from "../../ids.js"
import { script, type Stage, type Step } from "../steps.js"

/** What every stage with Go in /usr/local/go has. */
export const toolchainVariables: readonly Step[] = [
  { do: "env", name: "PATH", value: "/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin" },
  { do: "env", name: "GOTOOLCHAIN", value: "local" },
]

/**
 * The stage with exactly the wanted Go, unpacked to /usr/local/go and checked against the lock.
 * Debian's Go only fetches it.
 */
export function goToolchain(version: string, platform: Platform, sum: string): Stage {
  const release = `v0.0.1-go${version}.${platform.replace("/", "-")}`
  return {
    name: "toolchain",
    steps: [
      { do: "from", image: "debian:trixie-slim" },
      { do: "install", packages: ["ca-certificates", "golang-go"] },
      script(
        "go toolchain",
        "export GOTOOLCHAIN=local GOMODCACHE=/tmp/toolchain",
        `go mod download golang.org/toolchain@${release}`,
        `found=$(cat /tmp/toolchain/cache/download/golang.org/toolchain/@v/${release}.ziphash)`,
        `if [ "$found" != "${sum}" ]; then`,
        `  echo "go ${version} has the hash $found, but slipway.lock says ${sum}" >&2`,
        "  exit 1",
        "fi",
        "chmod -R u+w /tmp/toolchain",
        `mv /tmp/toolchain/golang.org/toolchain@${release} /usr/local/go`,
        "chmod +x /usr/local/go/bin/* /usr/local/go/pkg/tool/*/*",
        "rm -rf /tmp/toolchain",
      ),
      ...toolchainVariables,
    ],
  }
}
