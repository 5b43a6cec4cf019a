import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, inject, test } from "vitest"
import { folderOfFile, writeFiles } from "../../helpers/folders.js"
import { pullImage, type Image } from "../../helpers/images.js"
import { build, checkout, type Built } from "../../helpers/slipway.js"

const home = inject("firstHome")
const fleet = folderOfFile()
const formats = ["npm", "pnpm", "yarn1", "yarn4"]
let run: Built

/**
 * One service of each package manager's workspace, one whose package has to be compiled, and one that a package's
 * program serves; one build for all tests. What is published has answered with its shared code and its packages, or with
 * what was compiled.
 */
beforeAll(async () => {
  const fixtures = join(checkout, "test/fixtures/workspaces")
  for (const format of formats) {
    cpSync(join(fixtures, format, "repository"), join(fleet, format), { recursive: true })
    const manifest = join(fleet, format, "services/mail/service.yaml")
    writeFileSync(manifest, `${readFileSync(manifest, "utf8")}name: mail-${format}\n`)
    rmSync(join(fleet, format, "services/billing/service.yaml"))
  }
  for (const name of ["native", "program"])
    cpSync(join(fixtures, `node-${name}`), join(fleet, "services", name), { recursive: true })
  writeFiles(fleet, { "slipway.yaml": "services:\n  - services/*\n  - '*/services/mail'\n" })
  run = await build(["-C", fleet], { home })
  expect(run.exitCode, run.stderr).toBe(0)
})

async function imageOf(service: string): Promise<Image> {
  return pullImage(run.targets[service]?.image ?? "")
}

describe.each(formats)("a member of a workspace of %s", (format) => {
  let image: Image
  let files: readonly string[]
  beforeAll(async () => {
    image = await imageOf(`mail-${format}`)
    files = image.entries.filter(({ mode }) => !mode.startsWith("d")).map(({ path }) => path)
  })

  test("holds what the shared code's build made, and neither its sources nor other members", () => {
    const own = files.filter(
      (path) => /^\/app\/[^/]+\/(libs|services)\//.test(path) && !path.includes("node_modules"),
    )
    expect(own.map((path) => path.replace(`/app/${format}/`, "")).sort()).toEqual([
      "libs/money/build.js",
      "libs/money/dist/index.js",
      "libs/money/package.json",
      "services/mail/package.json",
      "services/mail/src/server.js",
    ])
  })

  test("holds the packages that it runs with, none that only builds or belongs to another member", () => {
    const installed = (name: string) => files.filter((path) => path.includes(`/node_modules/${name}/`))
    expect(installed("kleur")).not.toEqual([])
    expect(installed("is-number")).not.toEqual([])
    for (const name of ["mkdirp", "semver", "ms", "left-pad"]) expect(installed(name)).toEqual([])
  })

  test("holds no package manager, no lockfile and no settings, and at most 130 MB", () => {
    const unwanted =
      /\/(npm|npx|pnpm|yarn|corepack|package-lock\.json|pnpm-.*\.yaml|yarn\.lock|\.npmrc|\.modules\.yaml)$/
    expect(files.filter((path) => unwanted.test(path))).toEqual([])
    expect(image.bytes / 1e6).toBeLessThanOrEqual(130)
  })
})

describe("a service with a package that is compiled", () => {
  test("runs what was compiled, and holds neither its sources nor the compiler's traces", async () => {
    const { entries, bytes } = await imageOf("native")
    const inside = entries
      .filter(({ path }) => path.includes("/node_modules/bufferutil/"))
      .map(({ path }) => path)
    expect(inside.filter((path) => path.endsWith("/build/Release/bufferutil.node"))).toHaveLength(1)
    expect(
      inside.filter((path) => /obj\.target|\.(c|gyp|o)$|Makefile|prebuilds\/(darwin|win32)/.test(path)),
    ).toEqual([])
    expect(bytes / 1e6).toBeLessThanOrEqual(130)
  })
})

test("a package's program serves what the start script builds, changed as the postinstall says", async () => {
  const { config, entries } = await imageOf("program")
  const paths = entries.map(({ path }) => path)
  expect(config.config.Entrypoint.slice(1, 3)).toEqual(["/app/node_modules/.bin/servor", "page"])
  expect(config.config.Env).toContain("GREETING=hello")
  expect(paths).toContain("/app/page/index.html")
  expect(paths.some((path) => path.endsWith("/servor/patched.json"))).toBe(true)
  expect(paths.filter((path) => /\/\.bin\/./.test(path))).toEqual(["/app/node_modules/.bin/servor"])
})
