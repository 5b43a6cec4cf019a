import type { Platform } from "../../ids.js"
import type { Result } from "../../result.js"
import { success } from "../../result.js"
import { builderClosure, closureStage } from "../closure-stage.js"
import type { RecipeRequest } from "../language.js"
import { envSteps, type Stage } from "../steps.js"

/** The name of the builder's set of Debian packages. */
export const rustClosure = "rust"

/** Rust's own name of a platform. */
export function rustTarget(platform: Platform): string {
  return platform === "linux/arm64" ? "aarch64-unknown-linux-gnu" : "x86_64-unknown-linux-gnu"
}

/** The stage with Rust, Cargo and the C compiler of the lock. */
export function rustToolchain(request: RecipeRequest): Result<Stage> {
  const stage = closureStage("toolchain", builderClosure(rustClosure, request.service), request)
  if (!stage.ok) return stage
  const variables = {
    PATH: "/usr/bin",
    HOME: "/root",
    CARGO_HOME: "/cargo",
    CARGO_TARGET_DIR: "/target",
    CARGO_INCREMENTAL: "0",
    CARGO_TERM_COLOR: "never",
    CARGO_TERM_PROGRESS_WHEN: "never",
    SOURCE_DATE_EPOCH: "0",
    // Debian links these names when it configures packages, which a closure does not do.
    ...{ CC: "gcc", CXX: "g++", AR: "ar" },
    [`${cargoTarget(request.platform)}_LINKER`]: "gcc",
  }
  return success({ ...stage.value, steps: [...stage.value.steps, ...envSteps(variables)] })
}

/** The beginning of the variables that configure a platform's target in Cargo. */
export function cargoTarget(platform: Platform): string {
  return `CARGO_TARGET_${rustTarget(platform).toUpperCase().replaceAll("-", "_")}`
}
