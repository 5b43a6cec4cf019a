import { expect, test } from "vitest"
import type { Recipe } from "../../../../../ci/core/recipe/recipe.js"
import { loadAll, loadOne } from "../../../helpers/load.js"
import { renderRecipe } from "../../../helpers/render-recipe.js"
import { repository, rustService } from "../../../helpers/repository.js"

type Options = Parameters<typeof loadOne>[1]

async function recipeOf(
  files: Readonly<Record<string, string>> = {},
  options: Options = {},
): Promise<Recipe> {
  return (await loadOne(repository({ ...rustService, ...files }), options)).recipe
}

async function rendered(
  files: Readonly<Record<string, string>> = {},
  options: Options = {},
): Promise<string> {
  return renderRecipe(await recipeOf(files, options))
}

test("dependencies are compiled before sources, and the image holds the binary alone", async () => {
  expect(await rendered()).toMatchInlineSnapshot(`
    "tools:
      from scratch
      closure workshop
      PATH=/usr/bin
    runtime:
      from scratch
      closure static
    toolchain:
      from scratch
      closure rust
      AR=ar
      CARGO_HOME=/cargo
      CARGO_INCREMENTAL=0
      CARGO_TARGET_DIR=/target
      CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER=gcc
      CARGO_TERM_COLOR=never
      CARGO_TERM_PROGRESS_WHEN=never
      CC=gcc
      CXX=g++
      HOME=/root
      PATH=/usr/bin
      SOURCE_DATE_EPOCH=0
    dependencies:
      from stage toolchain
      CARGO_PROFILE_RELEASE_STRIP=symbols
      CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS=-C target-feature=+crt-static -C link-arg=-Wl,--build-id=none --remap-path-prefix=/cargo/registry/src=/cargo
      cd /src/services/price
      write /src/services/price/Cargo.toml
      write /src/services/price/slipway/main.rs
      write /src/services/price/Cargo.lock
      run check Cargo.lock
      run cargo build --locked --target x86_64-unknown-linux-gnu --profile release --bin price
      run forget stubs
    builder:
      from stage dependencies
      copy all
      run place Cargo.lock
      run cargo build --locked --target x86_64-unknown-linux-gnu --profile release --bin price
      run collect binary
    layer runtime:
      from stage tools
      mount runtime:/ at /content
      run pack
    layer app:
      from stage tools
      mount builder:/out at /content
      run pack
    layers: runtime (runtime:/), app (builder:/out)
    run: /app/price
      PATH=/usr/local/bin:/usr/bin:/bin
      PORT=8080
      SLIPWAY_ENVIRONMENT=production"
  `)
})

test("an edit of a source, a test's dependency or a comment leaves the compiled dependencies as they are", async () => {
  const dependencies = async (files: Readonly<Record<string, string>>) =>
    (await recipeOf(files)).stages.find(({ name }) => name === "dependencies")
  const before = await dependencies({})
  const manifest = rustService["services/price/Cargo.toml"] ?? ""
  expect(await dependencies({ "services/price/src/main.rs": "fn main() { }\n" })).toEqual(before)
  const commented = `# Prices\n${manifest}\n[dev-dependencies]\nrand = "0.9"\n`
  expect(await dependencies({ "services/price/Cargo.toml": commented })).toEqual(before)
  const optimised = `${manifest}\n[profile.release]\nlto = true\n`
  expect(await dependencies({ "services/price/Cargo.toml": optimised })).not.toEqual(before)
})

test("development builds the profile dev with debug information, the others a stripped release", async () => {
  const development = await rendered({}, { environment: "development" })
  expect(development).toContain("--profile dev ")
  expect(development).not.toContain("STRIP")
  expect(await rendered({}, { environment: "testing" })).toContain("CARGO_PROFILE_RELEASE_STRIP=symbols")
})

test("arguments reach Cargo: its variables, a profile, flags, and RUSTFLAGS beside Slipway's own", async () => {
  const text = await rendered({
    "services/price/service.yaml": `language: rust
args:
  CARGO_PROFILE_RELEASE_LTO: fat
  CARGO_PROFILE: small
  CARGO_FLAGS: --features tls
  RUSTFLAGS: --cfg tokio_unstable
`,
  })
  expect(text).toContain("CARGO_PROFILE_RELEASE_LTO=fat\n")
  expect(text).toContain("--profile small --bin price --features tls\n")
  expect(text).toMatch(/\n {2}RUSTFLAGS=-C target-feature=\+crt-static .* --cfg tokio_unstable\n/)
})

test("flags of Cargo's configuration are kept beside Slipway's own", async () => {
  const text = await rendered({ ".cargo/config.toml": '[build]\nrustflags = ["--cfg", "tokio_unstable"]\n' })
  expect(text).toMatch(/GNU_RUSTFLAGS=-C target-feature=\+crt-static .* --cfg tokio_unstable\n/)
  expect(text).toContain("copy .cargo/config.toml\n")
})

test("vendored packages are compiled where they are", async () => {
  const text = await rendered({
    "services/price/.cargo/config.toml":
      '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "vendor"\n',
    "services/price/vendor/itoa/Cargo.toml": "",
  })
  expect(text).not.toContain("dependencies:")
})

test("a service may be one of several binaries, with the features that it needs", async () => {
  const files = {
    "services/price/src/bin/worker.rs": "fn main() {}\n",
    "services/price/service.yaml": "language: rust\nentrypoint: worker\n",
  }
  expect(await rendered(files)).toContain("--bin worker\n")
  const manifest = `${rustService["services/price/Cargo.toml"]}\n[features]\nqueue = []\n[[bin]]\nname = "worker"\nrequired-features = ["queue"]\n`
  expect(await rendered({ ...files, "services/price/Cargo.toml": manifest })).toContain(
    "--bin worker --features queue\n",
  )
})

test("the program that cargo run starts is the default", async () => {
  const text = await rendered({
    "services/price/src/bin/worker.rs": "fn main() {}\n",
    "services/price/Cargo.toml": (rustService["services/price/Cargo.toml"] ?? "").replace(
      'edition = "2024"',
      'edition = "2024"\ndefault-run = "worker"',
    ),
  })
  expect(text).toContain("--bin worker\n")
})

test.each(["stable", "1.85", "1.80.1", '[toolchain]\nchannel = "stable"\n'])(
  "a rust-toolchain of %j is met",
  async (text) => {
    await expect(recipeOf({ "rust-toolchain.toml": text })).resolves.toBeDefined()
  },
)

test.each([
  ["a nightly", { "rust-toolchain": "nightly-2026-01-01\n" }],
  ["a newer channel", { "rust-toolchain.toml": '[toolchain]\nchannel = "1.99"\n' }],
  [
    "a newer rust-version",
    {
      "services/price/Cargo.toml": `${rustService["services/price/Cargo.toml"]}`.replace(
        "[dep",
        'rust-version = "1.99"\n[dep',
      ),
    },
  ],
])("%s is refused before the build", async (_what, files: Record<string, string>) => {
  const { problems } = await loadAll(repository({ ...rustService, ...files }))
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining("1.96.0")])
})
