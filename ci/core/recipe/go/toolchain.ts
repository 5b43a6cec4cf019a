import type { Platform } from "../../ids.js"
import { alone } from "../alone.js"
import { envSteps, script, type Stage, type Step } from "../steps.js"

const goFolder = "/usr/local/go"

/** The stage that holds exactly the wanted Go in /usr/local/go, checked against the lock. Debian's Go only fetches it. */
export function fetchedGo(version: string, platform: Platform, sum: string): Stage {
  const release = `v0.0.1-go${version}.${platform.replace("/", "-")}`
  return {
    name: "go",
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
        // Go's own sources and tests: no service is built of them, and they are half of it.
        "cd /usr/local/go",
        "rm -rf /tmp/toolchain api doc misc test src/cmd",
        "find src -name testdata -prune -exec rm -rf {} +",
        "find src -name '*_test.go' -delete",
      ),
    ],
  }
}

/** The fetched Go without what fetched it. */
export const goAlone = alone("go alone", "go", goFolder)

/** A stage of locked packages, under its name, with the fetched Go beside them. */
export function goToolchain({ name, steps }: Stage): Stage {
  return {
    name,
    steps: [
      ...steps,
      { do: "mountFrom", stage: goAlone.name, path: goFolder, to: goFolder },
      ...envSteps({
        GOTOOLCHAIN: "local",
        HOME: "/root",
        PATH: "/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin",
      }),
    ],
  }
}

/** Where compiled packages lie. */
const goCache = "/go/cache"

/**
 * The stage in which a toolchain has compiled Go's standard library as services compile it, so that each of them finds
 * it done. `variables` are those that Go reads.
 */
export function standardLibrary(toolchain: string, variables: Readonly<Record<string, string>>): Stage {
  return {
    name: "standard library",
    steps: [
      { do: "fromStage", stage: toolchain },
      ...envSteps({ ...variables, GOCACHE: goCache, GOMODCACHE: "/go/pkg/mod" }),
      script("go build of the standard library", "go build -trimpath std"),
    ],
  }
}

/** Go's build cache, which begins with what a stage has compiled. */
export function compiled(stage: string): Step {
  return { do: "cache", path: goCache, id: "slipway-go-build", sharing: "shared", stage }
}
