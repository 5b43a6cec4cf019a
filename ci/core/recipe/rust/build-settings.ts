import type { RecipeRequest } from "../language.js"
import type { CargoConfig } from "./config.js"
import type { CargoProject } from "./project.js"
import { cargoTarget, rustTarget } from "./toolchain.js"

/** Arguments that are words of `cargo build`, and no variables of the builder. */
const ownArguments = ["CARGO_FLAGS", "CARGO_PROFILE"]

/** No shared libraries, no id and no folder of this build in the binary. */
const flags = [
  "-C target-feature=+crt-static",
  "-C link-arg=-Wl,--build-id=none",
  "--remap-path-prefix=/cargo/registry/src=/cargo",
]

/** The profile that is built: what the service names, else dev for development and release for all else. */
export function profileName({ service, environment }: RecipeRequest): string {
  const named = service.environments[environment].args["CARGO_PROFILE"]
  return named ?? (environment === "development" ? "dev" : "release")
}

/** The folder in which Cargo puts what it makes with the profile. */
export function profileFolder(request: RecipeRequest): string {
  const name = profileName(request)
  return name === "dev" ? "debug" : name
}

/** The variables of every build: the service's arguments, and flags that they add to. */
export function buildVariables(
  { service, environment, platform }: RecipeRequest,
  { rustflags }: CargoConfig,
): Readonly<Record<string, string>> {
  const { RUSTFLAGS: own, ...rest } = service.environments[environment].args
  const args = Object.fromEntries(Object.entries(rest).filter(([name]) => !ownArguments.includes(name)))
  const strip = environment === "development" ? {} : { CARGO_PROFILE_RELEASE_STRIP: "symbols" }
  // Cargo adds the flags of its configuration to a target's own; RUSTFLAGS would silence both.
  const target =
    own === undefined
      ? { [`${cargoTarget(platform)}_RUSTFLAGS`]: [...flags, ...rustflags].join(" ") }
      : { RUSTFLAGS: [...flags, own].join(" ") }
  return { ...strip, ...target, ...args }
}

/** The command that builds a service's program; the same for its dependencies and for itself. */
export function buildCommand(request: RecipeRequest, { target }: CargoProject): readonly string[] {
  const { service, environment, platform } = request
  const more = (service.environments[environment].args["CARGO_FLAGS"] ?? "").split(/\s+/).filter(Boolean)
  const { name, features } = target.binary
  return [
    ...["cargo", "build", "--locked", "--target", rustTarget(platform), "--profile", profileName(request)],
    ...["--bin", name, ...(features.length === 0 ? [] : ["--features", features.join(",")]), ...more],
  ]
}
