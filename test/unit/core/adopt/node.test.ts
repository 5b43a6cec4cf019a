import { describe, expect, test } from "vitest"
import { find, findOne, manifestOf } from "../../helpers/adopt.js"

const json = JSON.stringify

test("a script that node starts, a route and a port in the code are all it takes", () => {
  const text = manifestOf({
    "package.json": json({ name: "@acme/api", scripts: { build: "tsc", start: "node dist/server.js" } }),
    "src/server.ts": `app.get("/health", ok)
await app.listen({ port: Number(process.env.PORT ?? 4000), host: "0.0.0.0" })
`,
    "src/server.test.ts": "app.listen({ port: 1 })\n",
  })
  expect(text).toBe(`language: node
port: 4000 # src/server.ts, line 2
health:
  http: /health # src/server.ts, line 1
`)
})

test.each([
  ["process.env.PORT || 3000", 3000],
  ["PORT: z.coerce.number().int().min(1).max(65535).default(8081)", 8081],
  ["const port = 3001", 3001],
  ["server.listen(3002, host)", 3002],
])("%s tells the port", (code, port) => {
  const text = manifestOf({ "package.json": json({ scripts: { start: "node a.js" } }), "a.js": code })
  expect(text).toContain(`port: ${port} # a.js, line 1`)
})

test("ports of databases and two ports alike are left to a person", () => {
  const files = (code: string) => ({
    "package.json": json({ scripts: { start: "node a.js" } }),
    "a.js": code,
  })
  expect(manifestOf(files("connect({ host: 'db', port: 5432 })"))).toContain("\n# port: 8080\n")
  expect(manifestOf(files("a.listen(3000)\nb.listen(3001)"))).toContain("\n# port: 8080\n")
})

test("code that reads the variable PORT without a default takes any", () => {
  const text = manifestOf({
    "package.json": json({ scripts: { start: "node a.js" } }),
    "a.js": "listen(process.env.PORT)",
  })
  expect(text).toContain("port: 8080 # any will do: the code reads the variable PORT")
})

describe("what runs is named where no script begins with node", () => {
  const start = (scripts: object, more = {}) => ({
    "package.json": json({ scripts, dependencies: { fastify: "5" } }),
    "src/index.ts": "",
    ...more,
  })

  test("as what TypeScript makes of the source", () => {
    const text = manifestOf(
      start(
        { build: "tsc", start: "tsx src/index.ts" },
        { "tsconfig.json": '{\n  "compilerOptions": {\n    "outDir": "./build"\n  }\n}\n' },
      ),
    )
    expect(text).toContain("entrypoint: build/index.js # what a build makes of src/index.ts\n")
  })

  test("as what the Dockerfile starts", () => {
    const text = manifestOf(
      start({ build: "tsc" }, { Dockerfile: 'FROM node:24\nCOPY . .\nCMD ["node", "lib/index.js"]\n' }),
    )
    expect(text).toContain("entrypoint: lib/index.js # what Dockerfile starts\n")
  })

  test("as a comment where nothing tells", () => {
    expect(manifestOf(start({ build: "tsc", start: "some-runner" }))).toContain(
      "\n# entrypoint: dist/main.js\n",
    )
  })

  test("but not where Node's recipe finds it itself", () => {
    const text = manifestOf({ "package.json": json({ dependencies: { express: "4" } }), "server.js": "" })
    expect(text).not.toContain("entrypoint")
  })
})

test("a file that listens is a server, and is read though its name has no extension", () => {
  const text = manifestOf({
    "package.json": json({ main: "bin/www" }),
    "bin/www": "createServer(app).listen(3005)\n",
  })
  expect(text).toContain("port: 3005 # bin/www, line 1\n")
})

test("Next.js has its port, its routes are files, and it needs a server of its own", () => {
  const files = {
    "package.json": json({
      scripts: { build: "next build", start: "custom-server" },
      dependencies: { next: "15" },
    }),
    "src/app/api/health/route.ts": "",
  }
  expect(findOne(files).proposal).toMatchObject({
    settings: { port: 3000, health: { http: "/api/health" } },
    blocked: 'Next.js makes no server of its own. Set output: "standalone" in next.config.js.',
  })
  const standalone = findOne({ ...files, "next.config.mjs": 'export default { output: "standalone" }' })
  expect(standalone.proposal.blocked).toBeUndefined()
})

test("packages that others use, and roots of workspaces, are no services", () => {
  const { services, others } = find({
    "package.json": json({ workspaces: ["packages/*"], scripts: { start: "turbo start" } }),
    "packages/ui/package.json": json({ name: "ui", exports: "./index.js" }),
    "packages/db/package.json": json({ name: "db", main: "index.js", dependencies: { pg: "8" } }),
    "packages/db/index.js": "",
    "node_modules/x/package.json": json({ scripts: { start: "node x.js" } }),
    "test/fixtures/app/package.json": json({ scripts: { start: "node x.js" } }),
  })
  expect(services).toEqual([])
  expect(others).toEqual([
    { folder: ".", kind: "library", what: "a workspace's root" },
    { folder: "packages/db", kind: "library", what: "a package without a start script" },
    { folder: "packages/ui", kind: "library", what: "a package without a start script" },
  ])
})

describe("a framework that brings the server", () => {
  test("which its build writes", () => {
    const text = manifestOf({
      "package.json": json({
        scripts: { build: "vite build", preview: "vite preview" },
        devDependencies: { "@sveltejs/adapter-node": "5", vite: "7" },
      }),
    })
    expect(text).toContain("language: node\nport: 3000 # the port of @sveltejs/adapter-node\n")
    expect(text).toContain("entrypoint: build/index.js # @sveltejs/adapter-node writes it\n")
  })

  test("which would be reached by nobody", () => {
    const text = manifestOf({
      "package.json": json({
        scripts: { start: "fastify start -l info app.js" },
        dependencies: { fastify: "5", "fastify-cli": "8" },
      }),
      "app.js": "connect(process.env.ORDERS_URL)",
    })
    expect(text).toContain("port: 3000 # the port of fastify-cli\n")
    expect(text).toContain("variables:\n  FASTIFY_ADDRESS: 0.0.0.0 # else fastify-cli listens on localhost\n")
  })
})
