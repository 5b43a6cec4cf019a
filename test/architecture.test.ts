import { describe, expect, test } from "vitest"
import { files, type Import, importsOf, packageOf, project, read, readJson } from "./helpers/sources.js"
import { join } from "node:path"
import { readdirSync } from "node:fs"
import { daggerVersion } from "../engine/version.js"

const dagger = "@dagger.io/dagger"

/** The lowest layer that a file is in; `engine` and `test` stand beside them. */
function layerOf(path: string): string {
  return /^(ci\/\w+|\w+)\//.exec(path)?.[1] ?? path
}

const sources = files("{ci,cli,engine}/**/*.ts")
const imports = sources.flatMap(importsOf)

function shown(found: readonly Import[]): readonly string[] {
  return found.map(({ from, to }) => `${from} → ${to}`)
}

describe("imports go one way", () => {
  const mayReach: Readonly<Record<string, readonly string[]>> = {
    cli: ["cli", "ci/src", "ci/io", "ci/core", "engine"],
    "ci/src": ["ci/src", "ci/io", "ci/core"],
    "ci/io": ["ci/io", "ci/core"],
    "ci/core": ["ci/core"],
    engine: ["engine"],
  }

  test.each(Object.entries(mayReach))("%s reaches only %s", (layer, allowed) => {
    const own = imports.filter(({ from, isFile }) => isFile && layerOf(from) === layer)
    expect(own).not.toEqual([])
    expect(shown(own.filter(({ to }) => !allowed.includes(layerOf(to))))).toEqual([])
  })

  test("every source is in a layer, and every imported file is known", () => {
    expect(sources.filter((path) => !(layerOf(path) in mayReach))).toEqual([])
    const known = new Set([...sources, ...files("{ci,cli,engine}/**/*.json")])
    expect(shown(imports.filter(({ to, isFile }) => isFile && !known.has(to)))).toEqual([])
  })

  test("the core is pure: it knows no files, network, clock or engine", () => {
    const allowed = [
      "zod",
      "yaml",
      "smol-toml",
      "fast-xml-parser",
      "ignore",
      "picomatch",
      "node:crypto",
      "node:path",
    ]
    const core = imports.filter(({ from, isFile }) => !isFile && layerOf(from) === "ci/core")
    expect(core).not.toEqual([])
    expect(shown(core.filter(({ to }) => !allowed.includes(to)))).toEqual([])
    const impure = /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|process\.|fetch\()/
    expect(files("ci/core/**/*.ts").filter((path) => impure.test(read(path)))).toEqual([])
  })

  test("ci/io does without Dagger, so that the CLI looks up what is published without an engine", () => {
    expect(shown(imports.filter(({ from, to }) => layerOf(from) === "ci/io" && to === dagger))).toEqual([])
  })

  test("a build with nothing to do loads neither Dagger nor the module", () => {
    const reached = new Set(["cli/main.ts", "cli/commands/build.ts"])
    for (const path of reached) {
      if (!path.endsWith(".ts")) continue
      for (const { to, isType, isDynamic } of importsOf(path)) if (!isType && !isDynamic) reached.add(to)
    }
    expect(reached).toContain("ci/io/load-target.ts")
    expect([...reached].filter((path) => path.startsWith(dagger) || layerOf(path) === "ci/src")).toEqual([])
  })
})

describe("one version of everything", () => {
  const root = readJson<Package>("package.json")

  test("engine, CLI and SDK", () => {
    const modules = files("**/dagger.json")
    expect(modules).toContain("dagger.json")
    for (const path of modules)
      expect(readJson<{ engineVersion: string }>(path).engineVersion, path).toBe(`v${daggerVersion}`)
    expect(root.devDependencies?.[dagger]).toBe(daggerVersion)
    const [, engine] = /^\s+github\.com\/dagger\/dagger (\S+)/m.exec(read("engine/dagger/go.mod")) ?? []
    expect(engine).toBe(`v${daggerVersion}`)
  })

  test("packages that CLI and module share", () => {
    const versions = lockedVersions("package-lock.json")
    const module = Object.entries(lockedVersions("ci/package-lock.json"))
    expect(module).not.toEqual([])
    expect(module.filter(([path, version]) => versions[path] !== version)).toEqual([])
  })

  test("package managers that tests ask, and that build", () => {
    const { npm } = readJson<{ npm: Record<string, Record<string, string>> }>("ci/core/lock/built-in.json")
    const asked = Object.entries(readJson<Package>("test/tools/package.json").dependencies ?? {})
    expect(asked.map(([name]) => name)).toEqual(Object.keys(npm))
    for (const [name, version] of asked) expect(Object.keys(npm[name] ?? {}), name).toContain(version)
  })

  test.each(["package.json", "ci/package.json", "test/tools/package.json"])(
    "%s and its lock agree",
    (path) => {
      const { dependencies, devDependencies } = readJson<Package>(path)
      const lock = readJson<PackageLock>(path.replace(/\.json$/, "-lock.json")).packages[""]
      expect(lock).toMatchObject(JSON.parse(JSON.stringify({ dependencies, devDependencies })) as object)
    },
  )

  test("every package that the module imports is one of its own", () => {
    const own = Object.keys(readJson<Package>("ci/package.json").dependencies ?? {})
    const wanted = imports.filter(
      ({ from, to, isFile }) => from.startsWith("ci/") && !isFile && !to.startsWith("node:"),
    )
    expect(shown(wanted.filter(({ to }) => ![...own, dagger].includes(packageOf(to))))).toEqual([])
  })
})

describe("Slipway works in anyone's repository", () => {
  test("no source knows a sample service's name", () => {
    const names = readdirSync(join(project, "services"))
    expect(names).not.toEqual([])
    const known = files("{ci,cli,engine}/**/*.{ts,json,go}", "slipway").flatMap((path) =>
      names
        .filter((name) => new RegExp(`\\b${name}\\b`, "i").test(read(path)))
        .map((name) => `${path}: ${name}`),
    )
    // pnpm has a setting of this name.
    const settings = ["pnpm-lock.ts: catalog", "pnpm-workspace.ts: catalog"]
    expect(known.filter((each) => !settings.some((setting) => each.endsWith(`/${setting}`)))).toEqual([])
  })

  test("no lock names a host, so that any registry or mirror serves it", () => {
    const locks = files("**/package-lock.json")
    expect(locks).toContain("package-lock.json")
    for (const path of locks) {
      const packages = Object.values(readJson<PackageLock>(path).packages)
      expect(
        packages.filter(({ resolved }) => resolved?.includes("://")),
        path,
      ).toEqual([])
    }
    expect(read("ci/core/lock/built-in.json")).not.toContain("://")
  })
})

test("no source is longer than 350 lines", () => {
  const long = files("{ci,cli,engine}/**/*.{ts,go,sh}", "slipway").filter(
    (path) => read(path).split("\n").length > 350,
  )
  expect(long).toEqual([])
})

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

interface PackageLock {
  readonly packages: Readonly<
    Record<string, Package & { readonly version?: string; readonly resolved?: string }>
  >
}

function lockedVersions(path: string): Readonly<Record<string, string | undefined>> {
  const { packages } = readJson<PackageLock>(path)
  return Object.fromEntries(
    Object.entries(packages).flatMap(([name, { version }]) => (name === "" ? [] : [[name, version]])),
  )
}
