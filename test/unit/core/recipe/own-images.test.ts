import { describe, expect, test } from "vitest"
import type { Lock } from "../../../../ci/core/lock/lock.js"
import { allNeeds } from "../../../../ci/core/lock/lock-needs.js"
import type { Recipe } from "../../../../ci/core/recipe/recipe.js"
import { loadAll, loadOne } from "../../helpers/load.js"
import { renderRecipe } from "../../helpers/render-recipe.js"
import { goService, nodeService, repository } from "../../helpers/repository.js"
import { testLock } from "../../helpers/test-lock.js"

const digest = `sha256:${"d".repeat(64)}`
const references = ["golang:1.26", "example.com/base:2"]
const baseLock: Lock = {
  ...testLock,
  images: Object.fromEntries(references.map((name) => [name, { "linux/amd64": digest }])) as Lock["images"],
}
const service = "services/hello/service.yaml"
const own = { [service]: "language: go\nimages: { builder: golang:1.26, runtime: example.com/base:2 }\n" }

function stageIn(recipe: Recipe, name: string): string {
  const [, stage = ""] = new RegExp(`^${name}:\\n((?: {2}.*\\n)+)`, "m").exec(renderRecipe(recipe)) ?? []
  return stage
}

describe("images of one's own", () => {
  test("take the place of the toolchain and of the packages, by digest", async () => {
    const { recipe, resolved } = await loadOne(repository({ ...goService, ...own }), { baseLock })
    expect(stageIn(recipe, "runtime")).toBe(`  from example.com/base:2@${digest}\n`)
    expect(stageIn(recipe, "standard library")).toMatch(`  from golang:1.26@${digest}\n`)
    expect(recipe.stages.map(({ name }) => name)).not.toContain("toolchain")
    expect(allNeeds([resolved]).images).toEqual(references)
  })

  test("have to be locked", async () => {
    const { problems } = await loadAll(repository({ ...goService, ...own }))
    expect(problems.map(({ message }) => message)).toEqual([
      "example.com/base:2 for linux/amd64 is not in slipway.lock. Run ./slipway lock.",
    ])
  })
})

describe("assets", () => {
  const files = {
    ...goService,
    "services/hello/templates/a.html": "a",
    "services/hello/schema.sql": "b",
    "web/c.css": "c",
  }

  test("lie in /app, those of other folders under their path in the repository", async () => {
    const manifest = "language: go\nuses: [web]\nassets: [templates, '*.sql', web]\n"
    const { recipe } = await loadOne(repository({ ...files, [service]: manifest }))
    expect(stageIn(recipe, "asset-files")).toBe(
      "  from scratch\n  copy services/hello/schema.sql services/hello/templates/a.html\n",
    )
    expect(stageIn(recipe, "assets")).toBe(
      "  from scratch\n  copy web/c.css\n  copy asset-files:/src/services/hello to /out/app\n",
    )
    expect(recipe.layers.map(({ name }) => name)).toEqual(["runtime", "assets", "app"])
  })

  test("may lie elsewhere in the folder that the service starts in", async () => {
    const node = {
      ...nodeService,
      "pb/demo.proto": "",
      "services/web/service.yaml":
        "language: node\nuses: [pb]\nassets: [{ from: pb/, to: proto/shop }, { from: src, to: lib }]\n",
    }
    const { recipe } = await loadOne(repository(node))
    expect(stageIn(recipe, "assets")).toBe(
      [
        "  from stage tools",
        "  copy pb/demo.proto",
        "  run place proto/shop",
        "  copy services/web/src/main.ts",
        "  run place lib\n",
      ].join("\n"),
    )
    const script =
      "mkdir -p '/out/app/services/web/proto'\\ncp -R '/src/pb' '/out/app/services/web/proto/shop'"
    expect(JSON.stringify(recipe.stages)).toContain(script)
  })

  test("that are not there are told", async () => {
    const { problems } = await loadAll(
      repository({ ...files, [service]: "language: go\nassets: [template]\n" }),
    )
    expect(problems.map(({ message }) => message)).toEqual([
      '"template" matches no file of services/hello or of what it uses. Did you mean templates?',
    ])
  })
})
