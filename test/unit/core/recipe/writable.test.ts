import { expect, test } from "vitest"
import { writableHint } from "../../../../ci/core/recipe/writable.js"
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
    "services/hello/Dockerfile": "FROM scratch\n",
    "services/hello/service.yaml": "language: docker\nwritable: [data]\n",
  }
  const { problems } = await loadAll(repository(files))
  expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
    "writable is no setting of a docker service: its Dockerfile says that. Leave it out.",
  ])
})

test.each([
  ["PermissionError: [Errno 13] Permission denied: '/app/instance'", "/app", "instance"],
  ["Error: EACCES: permission denied, open '/app/apps/api/data/shop.db'", "/app/apps/api", "data"],
  ["open /app/shop.db: permission denied", "/app", "."],
  ["sqlite3.OperationalError: unable to open database file", "/app", "data"],
])("%s", (line, start, folder) => {
  expect(writableHint(`starting\n${line}\n`, start)).toContain(`"writable: [${folder}]"`)
})

test("a port that is refused is no folder", () => {
  expect(writableHint("Error: listen EACCES: permission denied 0.0.0.0:80", "/app")).toBeUndefined()
  expect(writableHint("connection refused", "/app")).toBeUndefined()
})
