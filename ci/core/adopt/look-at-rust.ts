import { posix } from "node:path"
import { binariesOf } from "../recipe/rust/binaries.js"
import { CargoSources } from "../recipe/rust/cargo-sources.js"
import { dependenciesOf } from "../recipe/rust/cargo-toml.js"
import { packageOf, type Package } from "../recipe/rust/workspace.js"
import { assemble } from "./assemble.js"
import { dockerfileIn } from "./dockerfile-facts.js"
import { broken, type Look } from "./proposal.js"
import { readSources, sourcesIn } from "./sources.js"
import type { Place, RepositoryView } from "./view.js"

/** Whether a package's build script runs protoc, and none of its dependencies brings one. */
function compilesProtobuf({ toml }: Package): boolean {
  const names = dependenciesOf(toml).flatMap(({ key, kind }) => (kind === "build" ? [key] : []))
  const isBrought = names.some((name) => /^(protoc-bin-vendored|protobuf-src|protox)$/.test(name))
  return !isBrought && names.some((name) => /^(tonic-build|tonic-prost-build|prost-build)$/.test(name))
}

/** A folder with a Cargo.toml whose package makes a program. */
export function lookAtRust(place: Place, view: RepositoryView): Look | undefined {
  const { folder } = place
  if (!view.has(posix.join(folder, "Cargo.toml"))) return undefined
  const cargo = new CargoSources(view.texts)
  const found = packageOf(folder, cargo)
  view.ask(cargo.asked)
  if (!found.ok) return broken(found)
  const own = found.value
  if (own === undefined) return { kind: "library", what: "a Cargo workspace" }
  const names = binariesOf(own, view.paths).map(({ name }) => name)
  const docker = dockerfileIn(folder, view)
  if (names.length === 0) return { kind: "library", what: "Rust without a program" }
  const usual = own.toml.tables.package?.["default-run"]
  const isTold = names.length === 1 || (usual !== undefined && names.includes(usual))
  const started = posix.basename(docker?.command?.[0] ?? "")
  const likely = [started, own.name, posix.basename(folder)].find((name) => names.includes(name))
  const origin = likely === started ? "what the Dockerfile starts" : `one of ${names.join(", ")}`
  const proposal = assemble({
    language: "rust",
    from: "Cargo.toml",
    title: own.name,
    folder,
    sources: readSources(sourcesIn(place, view, /\.rs$/), view),
    docker,
    known: {
      ...(isTold || likely === undefined ? {} : { entrypoint: likely }),
      ...(compilesProtobuf(own) ? { builderPackages: ["protobuf-compiler"] } : {}),
    },
    origins: { entrypoint: origin, builderPackages: "what its build script calls" },
    hints:
      isTold || likely !== undefined
        ? []
        : [
            {
              setting: "entrypoint",
              why: `The program that runs, one of ${names.join(", ")}.`,
              example: { entrypoint: names[0] ?? "" },
              isNeeded: true,
            },
          ],
  })
  return { kind: "service", proposal }
}
