import { expect, test } from "vitest"
import { loadAll, loadOne } from "../../helpers/load.js"
import { renderRecipe } from "../../helpers/render-recipe.js"
import { goService, repository } from "../../helpers/repository.js"

const manifest = (more: string) => ({ "services/hello/service.yaml": `language: go\n${more}` })

test("folders in which a service may write are a layer of their own, the last one", async () => {
  const { recipe } = await loadOne(repository({ ...goService, ...manifest("writable: [data/, .]\n") }))
  expect(recipe.layers.at(-1)).toEqual({ name: "writable", stage: "writable", path: "/out" })
  expect(renderRecipe(recipe)).toContain("writable:\n  from stage tools\n  run make folders\n")
  const [, run] = recipe.stages.find(({ name }) => name === "writable")?.steps ?? []
  expect(run).toMatchObject({
    command: ["sh", "-euc", "mkdir -p '/out/app' '/out/app/data'\nchmod 1777 '/out/app' '/out/app/data'"],
  })
})

test("without them a recipe has no such layer", async () => {
  const { recipe } = await loadOne(repository(goService))
  expect(renderRecipe(recipe)).not.toContain("writable")
})

test("a Dockerfile says them itself", async () => {
  const files = {
    "services/hello/Dockerfile": "FROM scratch\nCMD /x\n",
    "services/hello/service.yaml": "language: docker\nwritable: [data]\n",
  }
  const { problems } = await loadAll(repository(files))
  expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
    "writable is no setting of a docker service: its Dockerfile says that. Leave it out.",
  ])
})
