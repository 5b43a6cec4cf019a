import { expect, test } from "vitest"
import type { ImageSize, SizeReport } from "../../../../ci/core/image/size-report.js"
import { storedOnce } from "../../../../ci/core/image/size-report.js"
import { renderDetail } from "../../../../cli/size/render-detail.js"
import { renderMarkdown, renderSizes } from "../../../../cli/size/render-sizes.js"

const digest = `sha256:${"0123456789abcdef".repeat(4)}`
const shared = {
  name: "runtime",
  digest: "sha256:one",
  compressedBytes: 3_000_000,
  uncompressedBytes: 8_000_000,
}

function image(service: string, app: number, other: string): ImageSize {
  const layers = [
    { ...shared, sharedWith: [other] },
    {
      ...{ name: "app", digest: `sha256:${service}`, sharedWith: [] },
      ...{ compressedBytes: app / 4, uncompressedBytes: app },
    },
  ]
  const size = { digest, compressedBytes: 3_000_000 + app / 4, uncompressedBytes: 8_000_000 + app, layers }
  return { service, environment: "production", platform: "linux/amd64", image: size }
}

const images: readonly ImageSize[] = [
  image("orders", 40_000_000, "web"),
  { service: "pricing", environment: "production", platform: "linux/amd64", image: null },
  image("web", 100_000, "orders"),
]
const report: SizeReport = {
  ...{ version: 1, budgetBytes: 200_000_000, images, stored: storedOnce(images), details: {} },
}

test("the fleet as a table; a layer that images share is stored once", () => {
  expect(renderSizes(report)).toBe(
    [
      "service   uncompressed    compressed   layers   shared with others   of the budget",
      "orders    48 MB           13 MB        2        8.0 MB in 1          24 % of 200 MB",
      "pricing   not published",
      "web       8.1 MB          3.0 MB       2        8.0 MB in 1          4 % of 200 MB",
      "",
      "2 images: 56 MB one by one; with each layer stored once 48 MB uncompressed, 13 MB compressed.",
      "What is missing: ./slipway build -e production",
    ].join("\n"),
  )
})

test("the fleet as a page in Markdown", () => {
  expect(renderMarkdown(report).split("\n").slice(5, 11)).toEqual([
    "| service | uncompressed | compressed | layers | shared with others | of the budget |",
    "| --- | --- | --- | --- | --- | --- |",
    "| orders | 48 MB | 13 MB | 2 | 8.0 MB in 1 | 24 % of 200 MB |",
    "| pricing | not published |  |  |  |  |",
    "| web | 8.1 MB | 3.0 MB | 2 | 8.0 MB in 1 | 4 % of 200 MB |",
    "",
  ])
})

test("one image in sections, no line longer than 100 columns", () => {
  const text = renderDetail(images[0] as ImageSize, {
    packages: [
      { kind: "npm", name: "fastify", version: "5.0.0", place: "app/node_modules/fastify", bytes: 2_000_000 },
      ...Array.from({ length: 14 }, (_, index) => ({
        ...{ kind: "debian" as const, name: `lib${index}`, place: "", bytes: 1000 },
      })),
    ],
    folders: [{ path: "app", files: 1, bytes: 40_000_000 }],
    biggest: [{ path: `/app/${"long/".repeat(30)}`, bytes: 10 }],
    hints: [
      { what: "source maps: 2 files that no run reads", bytes: 500_000, examples: ["/app/main.js.map"] },
    ],
  })
  expect(text.split("\n").map((line) => line.trimEnd())).toEqual([
    "orders · production · 48 MB uncompressed, 13 MB compressed · sha256:0123456789ab…",
    "",
    "Layers",
    "  8.0 MB   runtime   3.0 MB compressed   sha256:one…      shared with web",
    "  40 MB    app       10 MB compressed    sha256:orders…",
    "",
    "Debian packages",
    ...Array.from({ length: 12 }, (_, index) => `  1.0 kB   lib${index}`),
    "  2.0 kB   … 2 more: --json names all",
    "",
    "npm packages",
    "  2.0 MB   fastify   5.0.0",
    "",
    "Folders",
    "  40 MB   /app   1 file",
    "",
    "Biggest files",
    expect.stringMatching(/^ {2}10 B {3}\/app\/long.{80,86}…$/),
    "",
    "What would make it smaller",
    "  500 kB   source maps: 2 files that no run reads",
    "           /app/main.js.map",
  ])
})

test("an image that is not published is told with the way to it", () => {
  const nothing = { packages: [], folders: [], biggest: [], hints: [] }
  expect(renderDetail(images[1] as ImageSize, nothing)).toBe(
    "pricing is not published as it is now. Build it: ./slipway build pricing -e production",
  )
})
