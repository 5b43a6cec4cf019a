import { join } from "node:path"
import type { Home } from "./home.js"

/** Environment for the go command: modules, toolchains and compiled packages stay below the home. */
export function goEnvironment(home: Home): Record<string, string> {
  return {
    CGO_ENABLED: "0",
    GOFLAGS: "-trimpath -buildvcs=false -modcacherw",
    GOMODCACHE: join(home.cache, "go", "mod"),
    GOCACHE: join(home.cache, "go", "build"),
    GOWORK: "off",
  }
}
