import { readdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { renderProblems } from "../../ci/core/problem.js"
import { loadAll } from "./helpers/load.js"
import { goService, repository } from "./helpers/repository.js"

const broken = join(import.meta.dirname, "../fixtures/broken")

async function report(root: string): Promise<string> {
  const { problems } = await loadAll(root)
  return `${renderProblems(problems, { nothing: "nothing was built" })}\n`
}

describe("each broken repository is told what is wrong, where, and what to do", () => {
  for (const name of readdirSync(broken)) {
    test(name, async () => {
      const expected = join(broken, name, "expected.txt")
      await expect(await report(join(broken, name, "repository"))).toMatchFileSnapshot(expected)
    })
  }
})

describe("broken repositories that cannot be committed", () => {
  test("a manifest of ten megabytes", async () => {
    const root = repository({ ...goService, "services/hello/service.yaml": "#".repeat(10_000_000) })
    expect(await report(root)).toBe(`1 problem in 1 file, nothing was built.
services/hello/service.yaml
  the file has 10 MB and may have at most 1 MB. Is it another file under this name?
`)
  })

  test("a link out of the repository", async () => {
    const root = repository(goService)
    symlinkSync("../../../secret", join(root, "services/hello/config"))
    expect(await report(root)).toBe(`1 problem in 1 file, nothing was built.
services/hello/config
  is a link to ../../../secret, out of the repository. Replace it by a copy, or ignore it.
`)
  })

  test("a link to a file that is no input", async () => {
    const root = repository({ ...goService, "libs/money/money.go": "package money\n" })
    symlinkSync("../../libs/money", join(root, "services/hello/money"))
    expect(await report(root)).toBe(`1 problem in 1 file, nothing was built.
services/hello/money
  is a link to libs/money, which the build does not see. Name libs/money in uses.
`)
  })
})
