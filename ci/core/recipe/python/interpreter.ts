import type { Platform } from "../../ids.js"
import type { Lock } from "../../lock/lock.js"
import type { MarkerEnvironment } from "./marker.js"

/** The closure that services run on. */
export const runtimeClosure = "python"

/** The version of Python in the lock's closure, as in 3.13.5. */
export function lockedPython(lock: Lock): string | undefined {
  const packages = lock.debian.packages[runtimeClosure]?.packages ?? []
  const found = packages.find(({ name }) => /^python3\.\d+-minimal$/.test(name))
  return /^(?:\d+:)?(\d+\.\d+\.\d+)/.exec(found?.version ?? "")?.[1]
}

/** The first two numbers of a version, which name folders and programs: 3.13 of 3.13.5. */
export function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".")
}

/** What environment markers see in an image. */
export function markerEnvironment(version: string, platform: Platform): MarkerEnvironment {
  return {
    implementation_name: "cpython",
    implementation_version: version,
    os_name: "posix",
    platform_machine: machineOf(platform),
    platform_python_implementation: "CPython",
    platform_release: "",
    platform_system: "Linux",
    platform_version: "",
    python_full_version: version,
    python_version: minorOf(version),
    sys_platform: "linux",
  }
}

/** Linux' name of a platform's processor. */
export function machineOf(platform: Platform): "x86_64" | "aarch64" {
  return platform === "linux/arm64" ? "aarch64" : "x86_64"
}
