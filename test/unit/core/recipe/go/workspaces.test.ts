import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { Target } from "../../../../../ci/io/load-target.js"
import { loadAll } from "../../../helpers/load.js"
import { temporaryFolder } from "../../../helpers/repository.js"

const fixtures = join(import.meta.dirname, "../../../../fixtures/workspaces/go")

/** A copy of a fixture that a test may change. */
function copyOf(name: string): string {
  const root = temporaryFolder()
  cpSync(join(fixtures, name, "repository"), root, { recursive: true })
  return root
}

async function targetsOf(root: string): Promise<Readonly<Record<string, Target>>> {
  const { targets, problems } = await loadAll(root)
  expect(problems).toEqual([])
  return Object.fromEntries(targets.map((target) => [target.service as string, target]))
}

/** Which services get another key by a change. */
async function changedBy(name: string, change: (root: string) => void): Promise<readonly string[]> {
  const root = copyOf(name)
  const before = await targetsOf(root)
  change(root)
  const after = await targetsOf(root)
  return Object.keys(before).filter((service) => before[service]?.key !== after[service]?.key)
}

function edit(root: string, file: string, change: (text: string) => string): void {
  const path = join(root, file)
  const [before, after] = [readFileSync(path, "utf8"), change(readFileSync(path, "utf8"))]
  if (before === after) throw new Error(`${file} does not hold what the test changes`)
  writeFileSync(path, after)
}

const touch = (file: string) => (root: string) => edit(root, file, (text) => `${text}\n`)

function inputsOf(target: Target | undefined): readonly string[] {
  return target?.inputs.map(({ path }) => path) ?? []
}

describe("replaced modules", () => {
  test("a service sees the packages that it imports, through modules of modules", async () => {
    const { a, b } = await targetsOf(copyOf("replace"))
    expect(inputsOf(a)).toEqual([
      "libs/greet/go.mod",
      "libs/greet/greet.go",
      "libs/words/go.mod",
      "libs/words/hello.txt",
      "libs/words/words.go",
      "services/a/go.mod",
      "services/a/go.sum",
      "services/a/main.go",
    ])
    expect(inputsOf(b)).toEqual(["services/b/go.mod", "services/b/go.sum", "services/b/main.go"])
  })

  test.each([
    ["a used package", touch("libs/words/words.go"), ["a"]],
    ["an embedded file", touch("libs/words/hello.txt"), ["a"]],
    ["a package of a used module that nobody imports", touch("libs/greet/farewell/farewell.go"), []],
  ])("%s", async (_what, change, changed) => {
    expect(await changedBy("replace", change)).toEqual(changed)
  })
})

describe("go.work", () => {
  test("the build sees a go.work of the reached modules", async () => {
    const { a, b } = await targetsOf(copyOf("work"))
    const work = (target: Target | undefined) => target?.inputs.find(({ path }) => path === "go.work")?.text
    expect(work(a)).toBe("go 1.24.0\n\nuse (\n\t./libs/greet\n\t./libs/words\n\t./services/a\n)\n")
    expect(work(b)).toBe("go 1.24.0\n\nuse (\n\t./libs/words\n\t./services/b\n)\n")
  })

  test.each([
    ["a package that one uses", touch("libs/greet/greet.go"), ["a"]],
    ["a package that both use", touch("libs/words/words.go"), ["a", "b"]],
    [
      "a checksum of a module that only a requires",
      (root: string) => writeFileSync(join(root, "go.work.sum"), "github.com/google/uuid v1.5.0 h1:x=\n"),
      ["a"],
    ],
    [
      "a checksum that no go.mod tells anything of",
      (root: string) => writeFileSync(join(root, "go.work.sum"), "example.com/deep v1.0.0/go.mod h1:x=\n"),
      ["a", "b"],
    ],
  ])("%s", async (_what, change, changed) => {
    expect(await changedBy("work", change)).toEqual(changed)
  })

  test("a checksum that only another module's go.sum has is handed over", async () => {
    const root = copyOf("work")
    const sums = readFileSync(join(root, "services/b/go.sum"), "utf8").split("\n")
    writeFileSync(join(root, "services/b/go.sum"), sums.slice(2).join("\n"))
    edit(root, "services/a/go.sum", (text) => `${text}${sums.slice(0, 2).join("\n")}\n`)
    const { b } = await targetsOf(root)
    expect(b?.inputs.find(({ path }) => path === "go.work.sum")?.text).toBe(
      `${sums.slice(0, 2).join("\n")}\n`,
    )
  })
})

describe("one module with several services", () => {
  test("a service sees go.mod and the packages that its main package imports", async () => {
    const { a, b } = await targetsOf(copyOf("module"))
    expect(inputsOf(a)).toContain("internal/ids/ids.go")
    expect(inputsOf(b)).toEqual([
      "cmd/b/main.go",
      "go.mod",
      "go.sum",
      "internal/page/page.go",
      "internal/page/static/_style.css",
      "internal/page/templates/index.html",
    ])
  })

  test.each([
    ["a package that one imports", touch("internal/ids/ids.go"), ["a"]],
    ["a template", touch("internal/page/templates/index.html"), ["a", "b"]],
    ["a test", touch("internal/page/page_test.go"), []],
    ["a note", touch("internal/page/notes.md"), []],
    ["the other's main package", touch("cmd/a/main.go"), ["a"]],
    ["a comment in go.mod", touch("go.mod"), ["a", "b"]],
  ])("%s", async (_what, change, changed) => {
    expect(await changedBy("module", change)).toEqual(changed)
  })
})

describe("a module of a go.work that another one requires in a version that was never published", () => {
  const work = (target: Target | undefined) => target?.inputs.find(({ path }) => path === "go.work")?.text
  const requiring = (version: string) => {
    const root = copyOf("work")
    edit(root, "services/a/go.mod", (text) => `${text}\nrequire example.com/shop/greet ${version}\n`)
    return root
  }

  test.each(["v0.0.0", "v0.0.0-00010101000000-000000000000"])(
    "is found in its folder: %s",
    async (version) => {
      const { a, b } = await targetsOf(requiring(version))
      expect(work(a)).toContain(`\nreplace example.com/shop/greet ${version} => "./libs/greet"\n`)
      expect(work(b)).not.toContain("replace example.com/shop/greet")
    },
  )

  test("and one that was is left to the proxy", async () => {
    expect(work((await targetsOf(requiring("v1.2.3")))["a"])).not.toContain("replace example.com/shop/greet")
  })
})
