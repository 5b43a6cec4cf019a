import { readFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, inject, test } from "vitest"
import type { SizeReport } from "../../ci/core/image/size-report.js"
import { pullImage } from "../helpers/images.js"
import { build, checkout, slipway, succeed, type Built } from "../helpers/slipway.js"

const home = inject("firstHome")
let cli: Built

beforeAll(async () => {
  cli = await build([], { home })
  expect(cli.exitCode, cli.stderr).toBe(0)
})

describe("the whole fleet", () => {
  let report: SizeReport

  beforeAll(async () => {
    report = JSON.parse(await succeed(["size", "--json"], { home })) as SizeReport
  })

  test("as JSON: every published image, its layers and what it weighs, as its bytes say", async () => {
    expect(report.images.map(({ service }) => service)).toEqual(Object.keys(cli.targets))
    for (const { service, image } of report.images) {
      expect(image?.digest).toBe(cli.targets[service]?.digest)
      const pulled = await pullImage(cli.targets[service]?.image ?? "")
      expect(image?.uncompressedBytes).toBe(pulled.bytes)
      const layers = image?.layers.map(({ uncompressedBytes }) => uncompressedBytes ?? 0) ?? []
      expect(layers.reduce((sum, bytes) => sum + bytes, 0)).toBe(pulled.bytes)
    }
  })

  test("as a table: a row for each, and the sum", async () => {
    const lines = (await succeed(["size"], { home })).split("\n")
    expect(lines[0]).toMatch(/^service +uncompressed +compressed +layers +shared with others +of the budget$/)
    for (const { service } of report.images)
      expect(lines.filter((line) => line.startsWith(`${service} `))).toHaveLength(1)
    expect(lines.at(-1)).toMatch(/^\d+ images: .+ one by one; with each layer stored once .+ compressed\.$/)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  test("as Markdown: docs/sizes.md, whose figures are about those of today", async () => {
    const written = await succeed(["size", "--markdown"], { home })
    const page = readFileSync(join(checkout, "docs/sizes.md"), "utf8")
    expect(wordsOf(written)).toEqual(wordsOf(page))
    const [now, then] = [figuresOf(written), figuresOf(page)]
    for (const [index, figure] of now.entries()) {
      expect(figure / (then[index] ?? 0)).toBeGreaterThan(0.9)
      expect(figure / (then[index] ?? 0)).toBeLessThan(1.1)
    }
  })
})

/** A page without its figures and how wide its columns are. */
function wordsOf(page: string): string {
  return page
    .trim()
    .replaceAll(/\d+(\.\d+)?/g, "N")
    .replaceAll(/ +/g, " ")
    .replaceAll(/-{3,}/g, "---")
}

/** The figures of a page: they grow and shrink a little with Debian's packages. */
function figuresOf(page: string): readonly number[] {
  return [...page.matchAll(/\d+(\.\d+)?/g)].map(([figure]) => Number(figure))
}

describe("one service", () => {
  test("is told by layer, package, folder and file, within 100 columns", async () => {
    const text = await succeed(["size", "recommendations"], { home })
    const titles = ["Layers", "Debian packages", "Python packages", "Folders", "Biggest files"]
    for (const title of titles) expect(text.split("\n")).toContain(title)
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  test("has as many bytes in its folders as in its image", async () => {
    const json = await succeed(["size", "recommendations", "--json"], { home })
    const { images, details } = JSON.parse(json) as SizeReport
    const image = images.find(({ service }) => service === "recommendations")?.image
    const detail = details["recommendations"]
    const packages = detail?.packages.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0
    expect(packages).toBeGreaterThan(0)
    expect(packages).toBeLessThan(image?.uncompressedBytes ?? 0)
    expect(detail?.biggest[0]?.bytes).toBeGreaterThan(detail?.biggest[1]?.bytes ?? 0)
  })

  test("that is not published as it is now ends with 1 and says how to build it", async () => {
    const { exitCode, stdout } = await slipway(["size", "catalog", "-e", "testing"], { home })
    expect(stdout).toBe("catalog is not published as it is now. Build it: ./slipway build catalog -e testing")
    expect(exitCode).toBe(1)
  })
})
