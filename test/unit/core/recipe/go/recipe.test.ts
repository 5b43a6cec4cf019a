import { expect, test } from "vitest"
import type { Recipe } from "../../../../../ci/core/recipe/recipe.js"
import { loadOne } from "../../../helpers/load.js"
import { renderRecipe } from "../../../helpers/render-recipe.js"
import { goService, repository } from "../../../helpers/repository.js"

type Options = Parameters<typeof loadOne>[1]

async function recipeOf(
  files: Readonly<Record<string, string>> = {},
  options: Options = {},
): Promise<Recipe> {
  return (await loadOne(repository({ ...goService, ...files }), options)).recipe
}

test("modules come before sources, and the image holds the binary alone", async () => {
  expect(renderRecipe(await recipeOf())).toMatchInlineSnapshot(`
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
    toolchain:
      from scratch
      closure workshop
      mount go alone:/usr/local/go at /usr/local/go
      GOTOOLCHAIN=local
      HOME=/root
      PATH=/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin
    standard library:
      from stage toolchain
      CGO_ENABLED=0
      GOARCH=amd64
      GOCACHE=/go/cache
      GOMODCACHE=/go/pkg/mod
      GOOS=linux
      run go build of the standard library
    dependencies:
      from stage standard library
      cache /var/cache/go
      cd /src/services/hello
      copy services/hello/go.mod
      run go mod download
    builder:
      from stage dependencies
      cache /go/cache
      cd /src/services/hello
      copy all
      run go build -trimpath -buildvcs=false -ldflags=-s -w -buildid= -o /out/app/hello .
    layer runtime:
      from stage tools
      mount runtime:/ at /content
      run pack
    layer app:
      from stage tools
      mount builder:/out at /content
      run pack
    layers: runtime (runtime:/), app (builder:/out)
    run: /app/hello
      PATH=/usr/local/bin:/usr/bin:/bin
      PORT=8080
      SLIPWAY_ENVIRONMENT=production"
  `)
})

test("development keeps the symbols, the other environments do not", async () => {
  expect(renderRecipe(await recipeOf({}, { environment: "development" }))).toContain("-ldflags=-buildid= ")
  expect(renderRecipe(await recipeOf({}, { environment: "testing" }))).toContain("-ldflags=-s -w -buildid= ")
})

test("packages that are imported from outside are compiled before sources, Go's own with the toolchain", async () => {
  const recipe = await recipeOf({
    "services/hello/go.mod": "module hello\n\ngo 1.26\n\nrequire example.com/log v1.0.0\n",
    "services/hello/go.sum": "example.com/log v1.0.0 h1:a=\nexample.com/log v1.0.0/go.mod h1:b=\n",
    "services/hello/main.go": 'package main\n\nimport (\n\t"fmt"\n\t"example.com/log/json"\n)\n',
  })
  const commands = (name: string) =>
    recipe.stages
      .filter((stage) => stage.name === name)
      .flatMap(({ steps }) => steps)
      .flatMap((step) => (step.do === "run" ? step.command.at(-1) : []))
  expect(commands("standard library")).toEqual(["go build -trimpath std"])
  expect(commands("dependencies").at(-1)).toBe(
    "go list -e -export -trimpath 'example.com/log/json' > /dev/null",
  )
})

test("the toolchain line wins over the go line, and the manifest over both", async () => {
  const goMod = { "services/hello/go.mod": "module hello\n\ngo 1.20\n\ntoolchain go1.26.8\n" }
  expect(JSON.stringify(await recipeOf(goMod))).toContain("v0.0.1-go1.26.8.linux-amd64")
  const manifest = { "services/hello/service.yaml": 'language: go\nversion: "1.26"\n' }
  const old = { "services/hello/go.mod": "module hello\n\ngo 1.20.0\n" }
  expect(JSON.stringify(await recipeOf({ ...old, ...manifest }))).toContain("v0.0.1-go1.26.8.linux-amd64")
})

test("go and toolchain lines name the lowest Go: another that is locked will do", async () => {
  const goMod = { "services/hello/go.mod": "module hello\n\ngo 1.12\n\ntoolchain go1.24.5\n" }
  expect(JSON.stringify(await recipeOf(goMod))).toContain("v0.0.1-go1.26.8.linux-amd64")
})

test("files that the program opens by name lie beside it, and those that assets names", async () => {
  const recipe = await recipeOf({
    "services/hello/service.yaml": "language: go\nassets: [migrations]\n",
    "services/hello/main.go": 'package main\n\nimport "os"\n\nfunc main() { os.ReadFile("products.json") }\n',
    "services/hello/products.json": "{}",
    "services/hello/migrations/1.sql": "",
    "services/hello/unused.json": "{}",
  })
  expect(renderRecipe(recipe)).toContain(
    "copy services/hello/migrations/1.sql services/hello/products.json\n",
  )
})

test("vendored modules are not downloaded", async () => {
  const vendored = await recipeOf({ "services/hello/vendor/modules.txt": "" })
  expect(renderRecipe(vendored)).not.toContain("go mod download")
})

test("a used module's go.mod is there when modules are downloaded, but none of its sources", async () => {
  const recipe = await recipeOf({
    "services/hello/service.yaml": "language: go\nuses: [libs/money/]\n",
    "libs/money/go.mod": "module money\n",
    "libs/money/money.go": "package money\n",
  })
  expect(renderRecipe(recipe)).toContain("copy libs/money/go.mod services/hello/go.mod\n")
})

test.each([
  [
    "cmd/<folder's name>",
    { "services/hello/cmd/hello/main.go": "", "services/hello/cmd/other/main.go": "" },
    "./cmd/hello",
  ],
  ["the only folder in cmd", { "services/hello/cmd/server/main.go": "" }, "./cmd/server"],
  ["the folder itself", {}, "."],
  [
    "what the manifest says",
    { "services/hello/service.yaml": "language: go\nentrypoint: ./x/\n", "services/hello/x/a.go": "" },
    "./x",
  ],
])("builds %s", async (_what, files, main) => {
  expect(renderRecipe(await recipeOf(files))).toContain(`/out/app/hello ${main}\n`)
})

test("build arguments come after the dependencies, so that they leave those cached", async () => {
  const recipe = await recipeOf({ "services/hello/service.yaml": "language: go\nargs: { LEVEL: 1 }\n" })
  expect(renderRecipe(recipe)).toMatch(
    /builder:\n {2}from stage dependencies\n(.*\n){2} {2}LEVEL=1\n {2}copy all\n/,
  )
})
