import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { Target } from "../../../../../ci/io/load-target.js"
import { loadAll } from "../../../helpers/load.js"
import { temporaryFolder } from "../../../helpers/repository.js"

const workspaces = join(import.meta.dirname, "../../../../fixtures/workspaces")

/** A copy of a workspace in which one text of a file is another. */
function workspace(
  format: string,
  changes: readonly (readonly [file: string, from: string, to: string])[] = [],
): string {
  const root = temporaryFolder()
  cpSync(join(workspaces, format), root, { recursive: true })
  for (const [file, from, to] of changes) {
    const text = readFileSync(join(root, file), "utf8")
    if (!text.includes(from)) throw new Error(`${file} holds no ${from}`)
    writeFileSync(join(root, file), text.replaceAll(from, to))
  }
  return root
}

async function targets(root: string): Promise<Readonly<Record<string, Target>>> {
  const { targets, problems } = await loadAll(root)
  expect(problems).toEqual([])
  return Object.fromEntries(targets.map((target) => [target.service, target]))
}

/** What the recipe installs, as names with versions. */
function installed(target: Target | undefined): readonly string[] {
  const texts = (target?.recipe.stages ?? []).flatMap(({ steps }) =>
    steps.flatMap((step) =>
      step.do === "write" && step.path.startsWith("/requirements") ? [step.text] : [],
    ),
  )
  return texts.flatMap((text) => [...text.matchAll(/^[\w.-]+==[^ \n]+/gm)].map(([what]) => what)).sort()
}

describe.each([
  { format: "uv", lockA: "uv.lock", lockB: "uv.lock" },
  { format: "poetry", lockA: "services/a/poetry.lock", lockB: "services/b/poetry.lock" },
  { format: "pip", lockA: "services/a/requirements.txt", lockB: "services/b/requirements.txt" },
])("a workspace of $format", ({ format, lockA }) => {
  test("a service installs what its own tool says", async () => {
    const { a, b } = await targets(workspace(format))
    const answers = (service: string): readonly string[] =>
      readFileSync(join(workspaces, format, "answers", `${service}.txt`), "utf8")
        .split("\n")
        .filter((line) => /^[\w.-]+==/.test(line))
        .map((line) => line.replace(/ .*/, ""))
        .sort()
    expect(installed(a)).toEqual(answers("a"))
    expect(installed(b)).toEqual(answers("b"))
  })

  test("another version of what only one service reaches changes its key alone", async () => {
    const before = await targets(workspace(format))
    const bump =
      format === "pip"
        ? (["h11==0.16.0", "h11==0.16.1"] as const)
        : (['name = "h11"\nversion = "0.16.0"', 'name = "h11"\nversion = "0.16.1"'] as const)
    const after = await targets(workspace(format, [[lockA, ...bump]]))
    expect(after["a"]?.key).not.toBe(before["a"]?.key)
    expect(after["b"]?.key).toBe(before["b"]?.key)
  })

  test("no lock is an input", async () => {
    const { a } = await targets(workspace(format))
    const locks = (a?.inputs ?? []).filter(({ path }) => /\.lock$|requirements\.txt$/.test(path))
    expect(locks.filter(({ text }) => text !== "")).toEqual([])
  })
})
