import { expect, test } from "vitest"
import type { Recipe } from "../../../../ci/core/recipe/recipe.js"
import { loadAll, loadOne } from "../../helpers/load.js"
import { renderRecipe } from "../../helpers/render-recipe.js"
import { builtPage, nodeService, plainPage, repository } from "../../helpers/repository.js"

type Files = Readonly<Record<string, string>>

async function recipeOf(files: Files): Promise<Recipe> {
  return (await loadOne(repository(files))).recipe
}

test("a page as it is: the server, and the page packed for it", async () => {
  expect(renderRecipe(await recipeOf(plainPage))).toMatchInlineSnapshot(`
    "tools:
      from scratch
      closure workshop
      PATH=/usr/bin
    runtime:
      from scratch
      closure static
    go:
      from debian:trixie-slim
      install ca-certificates golang-go
      run go toolchain
    go alone:
      from scratch
      copy go:/usr/local/go to /usr/local/go
    go toolchain:
      from scratch
      closure workshop
      mount go alone:/usr/local/go at /usr/local/go
      GOTOOLCHAIN=local
      HOME=/root
      PATH=/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin
    standard library:
      from stage go toolchain
      CGO_ENABLED=0
      GOARCH=amd64
      GOCACHE=/go/cache
      GOMODCACHE=/go/pkg/mod
      GOOS=linux
      run go build of the standard library
    server:
      from stage standard library
      cd /server
      write /server/go.mod
      write /server/go.sum
      write /server/index.go
      write /server/pack/main.go
      write /server/pack/names.go
      write /server/serve/handler.go
      write /server/serve/log.go
      write /server/serve/main.go
      run compile server
    builder:
      from stage tools
      copy server:/pack to /pack
      copy all
      cd /src/services/page
      run pack page
    layer runtime:
      from stage tools
      mount runtime:/ at /content
      run pack
    layer server:
      from stage tools
      mount server:/out at /content
      run pack
    layer app:
      from stage tools
      mount builder:/out at /content
      run pack
    layers: runtime (runtime:/), server (server:/out), app (builder:/out)
    run: /usr/local/bin/static-server
      PATH=/usr/local/bin:/usr/bin:/bin
      PORT=8080
      SLIPWAY_ENVIRONMENT=production"
  `)
})

test("a page with a build script is built as a Node service is, and nothing of Node is in the image", async () => {
  const recipe = await recipeOf(builtPage)
  const node = await recipeOf(nodeService)
  const stepsOf = (from: Recipe, name: string) =>
    from.stages.find((stage) => stage.name === name)?.steps ?? []
  const rename = (text: string) => text.replaceAll("services/page", "services/web").replaceAll("page", "web")
  const built = stepsOf(recipe, "page").filter(({ do: what }) => what !== "copy")
  const steps = stepsOf(node, "builder")
  const wanted = steps
    .slice(
      0,
      steps.findIndex((step) => "name" in step && step.name === "collect service"),
    )
    .filter(({ do: what }) => what !== "copy")
  expect(rename(JSON.stringify(built))).toEqual(rename(JSON.stringify(wanted)))
  expect(recipe.layers.map(({ name }) => name)).toEqual(["runtime", "server", "app"])
  expect(recipe.stages.map(({ name }) => name)).not.toContain("node-runtime")
})

test("a page may be built by scripts of other names", async () => {
  const scripts = { pages: "vite build" }
  const files = {
    ...builtPage,
    "services/page/package.json": JSON.stringify({ scripts, dependencies: { fastify: "^5.0.0" } }),
    "services/page/service.yaml": "language: static\nport: 8080\nbuild: [pages]\n",
  }
  expect(renderRecipe(await recipeOf(files))).toContain("run npm run pages")
})

test("the page is where the manifest says, else where builds usually leave it", async () => {
  const packs = async (files: Files) => JSON.stringify((await recipeOf(files)).stages)
  expect(await packs(builtPage)).toContain(
    "for page in 'dist' 'build' 'out' 'public' dist/*/browser dist/* '_site' '.output/public'; do",
  )
  const named = { "services/page/service.yaml": "language: static\nentrypoint: web/dist\n" }
  expect(await packs({ ...builtPage, ...named })).toContain("for page in 'web/dist'; do")
  const inFolder = {
    "services/page/service.yaml": "language: static\n",
    "services/page/public/index.html": "",
  }
  expect(await packs(inFolder)).toContain("for page in 'public'; do")
})

test("settings reach the server", async () => {
  const manifest = "language: static\nstatic: { spa: true, base: /shop/, env: [PUBLIC_API] }\n"
  const recipe = await recipeOf({ ...plainPage, "services/page/service.yaml": manifest })
  expect(JSON.stringify(recipe.stages)).toContain(
    JSON.stringify('{"spa":true,"base":"/shop/","headers":{},"env":["PUBLIC_API"]}').slice(1, -1),
  )
})

test("an edit of a page leaves the server's stages as they are", async () => {
  const before = await recipeOf(plainPage)
  const after = await recipeOf({ ...plainPage, "services/page/index.html": "<h1>Other</h1>" })
  expect(after).toEqual(before)
})

test("settings of pages are refused elsewhere", async () => {
  const { problems } = await loadAll(
    repository({ ...nodeService, "services/web/service.yaml": "language: node\nstatic: { spa: true }\n" }),
  )
  expect(problems.map(({ message }) => message)).toEqual([
    "is for pages, and this service is node. Take it away.",
  ])
})
