import { expect, test } from "vitest"
import { parsePackageJson, type PackageJson } from "../../../../../ci/core/recipe/node/package-json.js"
import { buildsOf, changesPackages, startOf } from "../../../../../ci/core/recipe/node/start.js"

function packageJson(fields: object): PackageJson {
  const parsed = parsePackageJson(JSON.stringify(fields), "package.json")
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}

const tools = { dotenv: "17", "fastify-cli": "8", "@react-router/serve": "7" }

/** What an image runs: options of node, the file and its arguments. */
function started(fields: object): string | undefined {
  const start = startOf(packageJson({ dependencies: tools, devDependencies: { "ts-node": "10" }, ...fields }))
  return start && [...start.options, start.file, ...start.args].join(" ")
}

test.each([
  ["node server.js", "server.js"],
  ["node -r ./tracing server.js", "-r ./tracing server.js"],
  ["NODE_ENV=production node server.js", "server.js"],
  ["cross-env NODE_ENV=production node --import ./otel.mjs dist/main", "--import ./otel.mjs dist/main"],
  ['exec node "dist/main.js" --role worker', "dist/main.js --role worker"],
  ["npm run build && node dist/main", "dist/main"],
  ["tsc && node dist", "dist"],
  ["set NODE_ENV=production&& echo up && node server.js", "server.js"],
  ["nodemon server.js", "server.js"],
  ["fastify start -l info dist/app.js", "node_modules/.bin/fastify start -l info dist/app.js"],
  ["react-router-serve ./build/server.js", "node_modules/.bin/react-router-serve ./build/server.js"],
])("the script %s starts %s", (start, expected) => {
  expect(started({ main: "other.js", scripts: { build: "tsc", start } })).toBe(expected)
})

test.each([
  "ts-node src/index.ts",
  "nodemon --exec ts-node src/index.ts",
  "node -r ts-node/register src/index.ts",
  "dotenv -e .env -- node server.js",
  "node --watch server.js",
  "node server.js --port $PORT",
  "prisma migrate deploy && node server.js",
  "node server.js & node worker.js",
  "npm run start",
  "(node server.js)",
])("the script %s tells nothing that an image could do, and main does", (start) => {
  expect(started({ main: "other.js", scripts: { start } })).toBe("other.js")
})

test("a script that runs another one is followed", () => {
  const scripts = { start: "yarn run serve:prod", "serve:prod": "node ./server.js" }
  expect(started({ scripts })).toBe("./server.js")
})

test("node . is main", () => {
  expect(started({ main: "lib/index.js", scripts: { start: "node ." } })).toBe("lib/index.js")
})

test("TypeScript that a build compiles is not what starts, and another script may say what does", () => {
  const scripts = { start: "ts-node src/a.ts", build: "tsc" }
  expect(started({ main: "src/a.ts", scripts })).toBeUndefined()
  const more = { "start:dev": "node src/a.js", "start:dist": "node dist/a.js" }
  expect(started({ main: "src/a.ts", scripts: { ...scripts, ...more } })).toBe("dist/a.js")
})

test("variables of the script are the image's, but for those that it has anyway", () => {
  const start = "NODE_ENV=production PORT=80 NODE_PATH=dist node dist/main"
  expect(startOf(packageJson({ scripts: { start } }))?.variables).toEqual({ NODE_PATH: "dist" })
})

test.each([
  [{ build: "tsc", start: "npm run compile && node a.js", compile: "tsc" }, [{ script: "build" }]],
  [{ "build:ts": "tsc", start: "npm run build:ts && node a.js" }, [{ script: "build:ts" }]],
  [{ prestart: "tsc -p .", start: "node a.js" }, [{ script: "prestart" }]],
  [{ start: "rimraf dist && tsc && node a.js" }, [{ command: ["rimraf", "dist"] }, { command: ["tsc"] }]],
  [{ postinstall: "npm run compile", compile: "tsc", start: "node a.js" }, [{ script: "postinstall" }]],
  [{ prestart: "npm run migrate", migrate: "knex migrate:latest", start: "node a.js" }, []],
  [{ postinstall: "patch-package", start: "node a.js" }, []],
])("%j is built by %j", (scripts, expected) => {
  expect(buildsOf(packageJson({ scripts }))).toEqual(expected)
})

test.each([
  ["patch-package", true],
  ["prisma generate", true],
  ["husky install", false],
  ["tsc", false],
  [undefined, false],
])("the postinstall %s changes packages: %s", (postinstall, expected) => {
  expect(changesPackages(packageJson({ scripts: { postinstall } }))).toBe(expected)
})
