import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, expect, onTestFinished, test, vi } from "vitest"
import { hashFile } from "../../../ci/io/hash-file.js"
import { loadFleet } from "../../../ci/io/load-fleet.js"
import { loadOne } from "../helpers/load.js"
import { repository, temporaryFolder } from "../helpers/repository.js"

// Counts how often a file is read; it is read as ever.
vi.mock(import("../../../ci/io/hash-file.js"), async (original) => {
  const actual = await original()
  return { ...actual, hashFile: vi.fn(actual.hashFile) }
})

/** A Go service in any folder. */
function goIn(folder: string, more = ""): Readonly<Record<string, string>> {
  return {
    [`${folder}/service.yaml`]: `language: go\n${more}`,
    [`${folder}/go.mod`]: "module example.com/it\n\ngo 1.26.8\n",
    [`${folder}/main.go`]: "package main\n\nfunc main() {}\n",
  }
}

function globs(...names: readonly string[]): Readonly<Record<string, string>> {
  return { "slipway.yaml": `services: ${JSON.stringify(names)}\n` }
}

async function namesIn(root: string): Promise<readonly string[]> {
  const { services, problems } = await loadFleet(root)
  expect(problems).toEqual([])
  return services.map(({ name }) => name)
}

async function keyIn(root: string): Promise<string> {
  return (await loadOne(root)).key
}

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync(
    "git",
    ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always", ...args],
    {
      cwd,
      stdio: "pipe",
    },
  )

describe("services are found in any folder", () => {
  test("by several globs, at several depths, without those that are taken away", async () => {
    const root = repository({
      ...globs("apps/*/backend", "tools/**", "one", "!tools/old/**"),
      ...goIn("apps/shop/backend", "name: shop\n"),
      ...goIn("tools/deep/er/worker"),
      ...goIn("tools/old/gone"),
      ...goIn("one"),
      ...goIn("two"),
    })
    expect(await namesIn(root)).toEqual(["one", "shop", "worker"])
  })

  test("in the repository's root itself", async () => {
    const root = repository({ ...globs("."), ...goIn(".", "name: alone\n") })
    expect(await namesIn(root)).toEqual(["alone"])
  })

  test("with spaces and letters of any language in the names of files and folders", async () => {
    const folder = "my apps/größe и 日本"
    const root = repository({
      ...globs("my apps/*"),
      ...goIn(folder, "name: size\n"),
      [`${folder}/a file, 'quoted' "twice".txt`]: "x",
    })
    const { inputs } = await loadOne(root)
    expect(inputs.map(({ path }) => path)).toContain(`${folder}/a file, 'quoted' "twice".txt`)
  })

  test("whose names differ only in case are two, and need names of images", async () => {
    const root = repository({ ...globs("apps/*"), ...goIn("apps/api"), ...goIn("apps/API", "name: api-2\n") })
    expect(await namesIn(root)).toEqual(["api", "api-2"])
  })
})

describe("shared code may lie anywhere and be called anything", () => {
  test("nested and renamed, by the paths that manifests name", async () => {
    const root = repository({
      ...globs("apps/*"),
      ...goIn("apps/api", "uses: [packages/go/shared kernel]\n"),
      "packages/go/shared kernel/money.txt": "1",
      "packages/go/other/unused.txt": "1",
    })
    const { inputs } = await loadOne(root)
    expect(inputs.map(({ path }) => path)).toEqual([
      "apps/api/go.mod",
      "apps/api/main.go",
      "packages/go/shared kernel/money.txt",
    ])
  })

  test("and be reached by links inside the repository", async () => {
    const root = repository({
      ...globs("apps/*"),
      ...goIn("apps/api", "uses: [shared]\n"),
      "shared/rates.json": "{}",
    })
    symlinkSync("../../shared/rates.json", join(root, "apps/api/rates.json"))
    const { inputs } = await loadOne(root)
    expect(inputs.find(({ path }) => path === "apps/api/rates.json")?.link).toBe("../../shared/rates.json")
  })
})

describe("the same files give the same key, however they came there", () => {
  const files = { ...goIn("services/api"), ".gitignore": "*.log\n", "services/api/debug.log": "noise" }

  test("without git, in a repository, in a shallow clone, in a worktree", async () => {
    const plain = repository(files)
    const key = await keyIn(plain)
    git(plain, "init", "--quiet")
    git(plain, "add", "-A")
    git(plain, "commit", "--quiet", "-m", "one")
    git(plain, "commit", "--quiet", "--allow-empty", "-m", "two")
    const other = temporaryFolder()
    git(plain, "clone", "--quiet", "--depth", "1", `file://${plain}`, join(other, "shallow"))
    git(plain, "worktree", "add", "--quiet", join(other, "tree"))
    expect(await keyIn(plain)).toBe(key)
    expect(await keyIn(join(other, "shallow"))).toBe(key)
    expect(await keyIn(join(other, "tree"))).toBe(key)
  })

  test("as a submodule", async () => {
    const inner = repository(goIn("."))
    git(inner, "init", "--quiet")
    git(inner, "add", "-A")
    git(inner, "commit", "--quiet", "-m", "one")
    const outer = temporaryFolder()
    git(outer, "init", "--quiet")
    git(outer, "submodule", "--quiet", "add", `file://${inner}`, "services/api")
    expect(await keyIn(outer)).toBe(await keyIn(repository(goIn("services/api"))))
  })
})

test(
  "ten thousand files are read once each, and none again when nothing changed",
  { timeout: 300_000 },
  async () => {
    const root = mkdtempSync(join(tmpdir(), "slipway-test-"))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }), 120_000)
    for (const [path, text] of Object.entries({ ...goIn("services/api"), ...manyFiles("services/api") })) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const statCache = join(temporaryFolder(), "stat.json")
    // Files that changed a moment ago are not remembered.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 })
    onTestFinished(() => void vi.useRealTimers())
    vi.mocked(hashFile).mockClear()
    const first = await loadOne(root, { statCache })
    expect(first.inputs).toHaveLength(10_002)
    expect(vi.mocked(hashFile)).toHaveBeenCalledTimes(10_002)
    const second = await loadOne(root, { statCache })
    expect(vi.mocked(hashFile)).toHaveBeenCalledTimes(10_002)
    expect(second.key).toBe(first.key)
  },
)

function manyFiles(folder: string): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: 10_000 }, (_, number) => number)
  return Object.fromEntries(
    numbers.map((number) => [`${folder}/data/${Math.floor(number / 100)}/${number}.txt`, String(number)]),
  )
}
