import { environmentNames, type EnvironmentName } from "../../ids.js"
import type { ResolvedService } from "../../resolve/resolved-service.js"
import { goSettings } from "./flags.js"

/** The closure that a Go binary runs on: with the C library where cgo links it dynamically. */
export function goRuntime(service: ResolvedService, environment: EnvironmentName): string {
  return goSettings(service, environment).cgo === "dynamic" ? "glibc" : "static"
}

/** True where an environment's builder has a C compiler: for cgo, and for packages that the service adds to it. */
export function isNative(service: ResolvedService, environment: EnvironmentName): boolean {
  return service.builderPackages.length > 0 || goSettings(service, environment).cgo !== "none"
}

/** True where any environment's builder has a C compiler. */
export function needsNative(service: ResolvedService): boolean {
  return environmentNames.some((environment) => isNative(service, environment))
}
