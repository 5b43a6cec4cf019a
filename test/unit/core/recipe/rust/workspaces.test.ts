import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import type { Target } from "../../../../../ci/io/load-target.js"
import { loadAll } from "../../../helpers/load.js"
import { temporaryFolder } from "../../../helpers/repository.js"

const fixture = join(import.meta.dirname, "../../../../fixtures/workspaces/cargo/repository")

type Edit = readonly [file: string, from: string, to: string]

async function targets(...edits: readonly Edit[]): Promise<Readonly<Record<string, Target>>> {
  const root = temporaryFolder()
  cpSync(fixture, root, { recursive: true })
  for (const [file, from, to] of edits) {
    const text = readFileSync(join(root, file), "utf8")
    expect(text).toContain(from)
    writeFileSync(join(root, file), text.replaceAll(from, to))
  }
  const loaded = await loadAll(root)
  expect(loaded.problems).toEqual([])
  return Object.fromEntries(loaded.targets.map((target) => [target.service, target]))
}

async function changed(...edits: readonly Edit[]): Promise<readonly string[]> {
  const [before, after] = [await targets(), await targets(...edits)]
  return Object.keys(before).filter((name) => before[name]?.key !== after[name]?.key)
}

function textOf(target: Target | undefined, path: string): string {
  return target?.inputs.find((entry) => entry.path === path)?.text ?? ""
}

test("what only another service has from the workspace changes that service alone", async () => {
  expect(await changed(["Cargo.toml", 'itoa = "1"', 'itoa = "1.0.10"'])).toEqual(["a"])
  expect(await changed(["services/a/Cargo.toml", "itoa.", "# itoa\nitoa."])).toEqual([])
})

test("what a service has from the workspace changes it; what only tests need, or nobody has, does not", async () => {
  expect(await changed(["Cargo.toml", 'license = "MIT"', 'license = "Apache-2.0"'])).toEqual(["a"])
  expect(await changed(["Cargo.toml", 'lto = "thin"', "lto = true"])).toEqual(["a", "b"])
  expect(await changed(["Cargo.toml", '"services/a"', '"services/b"'])).toEqual([])
  expect(await changed(["Cargo.lock", "0.4.8", "0.4.7"], ["Cargo.lock", "2.8.3", "2.8.2"])).toEqual([])
  expect(await changed(["libs/old/Cargo.toml", "0.1.0", "0.2.0"])).toEqual([])
})

test("shared and patched packages are found by themselves", async () => {
  const { a, b } = await targets()
  expect(a?.resolved.uses).toEqual(["libs/shared"])
  expect(b?.resolved.uses).toEqual(["libs/shared", "patches/fnv"])
})

test("the build sees a workspace of the service and what it reaches", async () => {
  const { a, b } = await targets()
  expect(textOf(b, "Cargo.toml")).toMatchInlineSnapshot(`
    "[profile.release]
    lto = "thin"

    [workspace]
    members = [ "libs/shared", "patches/fnv", "services/b" ]
    exclude = []
    resolver = "3"

    [workspace.package]
    version = "0.3.0"
    edition = "2024"

    [workspace.dependencies.shared]
    path = "libs/shared"

    [patch.crates-io.fnv]
    path = "patches/fnv"
    "
  `)
  expect(textOf(b, "services/b/Cargo.toml")).toMatchInlineSnapshot(`
    "[package]
    name = "b"

    [package.version]
    workspace = true

    [package.edition]
    workspace = true

    [features]
    default = [ "loud" ]
    loud = []

    [dependencies]
    fnv = "1.0.7"

    [dependencies.numbers]
    package = "num-traits"
    version = "0.2"
    default-features = false

    [dependencies.shared]
    workspace = true

    [[bin]]
    name = "server"
    path = "src/main.rs"

    [[bin]]
    name = "seed"
    path = "src/seed.rs"
    "
  `)
  expect(textOf(a, "Cargo.lock")).toContain('"itoa",\n')
})
