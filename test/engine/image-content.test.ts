import { basename } from "node:path"
import { beforeAll, describe, expect, inject, test } from "vitest"
import { pullImage, type Image } from "../helpers/images.js"
import { build } from "../helpers/slipway.js"

const home = inject("firstHome")

/** Programs that build, install or interpret what an attacker brings. */
const tools =
  /^(sh|bash|dash|ash|zsh|busybox|apt|apt-get|dpkg|apk|rpm|npm|npx|yarn|pnpm|corepack|pip3?|cargo|mvn|go|gofmt|rustc|javac|tsc|esbuild|gcc|g\+\+|cc|c\+\+|ld|as|make|perl|python3?|curl|wget|su|sudo)$/

describe.each([
  { service: "catalog", megabytes: 12 },
  { service: "gateway", megabytes: 130 },
  { service: "notifications", megabytes: 12 },
  { service: "orders", megabytes: 95 },
  { service: "pricing", megabytes: 12 },
  // Python runs sources: its interpreter and they are the service.
  { service: "recommendations", megabytes: 70, itself: /^\/(usr\/local\/bin\/python3?$|app\/src\/)/ },
  { service: "storefront", megabytes: 12 },
])("the image of $service holds only the service", ({ service, megabytes, itself = /^$/ }) => {
  let image: Image
  beforeAll(async () => {
    const { targets } = await build([], { home })
    image = await pullImage(targets[service]?.image ?? "")
  })

  test("no shell, no package manager, no compiler", () => {
    expect(image.entries.length).toBeGreaterThan(1)
    const files = image.entries.filter(({ mode, path }) => !mode.startsWith("d") && !itself.test(path))
    expect(files.filter(({ path }) => tools.test(basename(path)))).toEqual([])
  })

  test("nothing of the build: no sources, no development packages, no caches, no documentation but licences", () => {
    const files = image.entries
      .filter(({ mode, path }) => !mode.startsWith("d") && !itself.test(path))
      .map(({ path }) => path)
    const made = /^\/(root|go|src|out|tmp|var\/cache|var\/lib\/apt|app\/(src|test|cmd|internal))\//
    const development = /\/node_modules\/(typescript|vitest|npm|@types)\//
    const documentation = /^\/usr\/share\/(man|locale|info|doc\/(?!.*copyright$))/
    for (const unwanted of [made, development, documentation, /^\/app\/[^/]+\.(go|ts)$/]) {
      expect(files.filter((path) => unwanted.test(path))).toEqual([])
    }
  })

  test("runs as a numbered user who is not root, and no program makes it one", () => {
    expect(image.config.config.User).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    expect(image.entries.filter(({ mode }) => mode.startsWith("-") && /s/i.test(mode))).toEqual([])
  })

  test("starts a program of its own by absolute path, which nobody else may write", () => {
    const [program = ""] = image.config.config.Entrypoint
    expect(program).toMatch(/^\//)
    const entry = image.entries.find(({ path }) => path === program)
    expect(entry?.mode).toMatch(/^-r.xr-xr-x$/)
    const open = image.entries.filter(({ path, mode }) => /^[-d].......w/.test(mode) && path !== "/tmp/")
    expect(open).toEqual([])
  })

  test(`has at most ${megabytes} MB`, () => {
    expect(image.bytes).toBeGreaterThan(1e6)
    expect(image.bytes / 1e6).toBeLessThanOrEqual(megabytes)
  })
})
