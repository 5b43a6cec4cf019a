import type { ImagePackage, PackageKind } from "../../ci/core/image/image-packages.js"
import type { ImageDetail, ImageSize } from "../../ci/core/image/size-report.js"
import { bytes, columns, cut, shortDigest } from "../output/format.js"

/** How many packages of a kind are named. */
const mostPackages = 12

/** Columns of a line at most. */
const width = 100

const titles: Readonly<Record<PackageKind, string>> = {
  debian: "Debian packages",
  npm: "npm packages",
  python: "Python packages",
  java: "Java archives",
}

/** What one image consists of, in sections: layers, packages, folders, biggest files, and what would make it smaller. */
export function renderDetail(size: ImageSize, detail: ImageDetail): string {
  const { image } = size
  if (image === null)
    return `${size.service} is not published as it is now. Build it: ./slipway build ${size.service} -e ${size.environment}`
  const full = image.uncompressedBytes === null ? "" : `${bytes(image.uncompressedBytes)} uncompressed, `
  return [
    `${size.service} · ${size.environment} · ${full}${bytes(image.compressedBytes)} compressed · ${shortDigest(image.digest)}`,
    ...section("Layers", layers(image)),
    ...(Object.keys(titles) as PackageKind[]).flatMap((kind) =>
      section(titles[kind], packages(detail.packages.filter((each) => each.kind === kind))),
    ),
    ...section(
      "Folders",
      detail.folders.map(({ path, files, bytes: sum }) => [
        bytes(sum),
        `/${path}`,
        `${files} file${files === 1 ? "" : "s"}`,
      ]),
    ),
    ...section(
      "Biggest files",
      detail.biggest.map(({ path, bytes: sum }) => [bytes(sum), path]),
    ),
    ...hints(detail),
  ].join("\n")
}

function layers(image: NonNullable<ImageSize["image"]>): string[][] {
  return image.layers.map(({ name, digest, uncompressedBytes, compressedBytes, sharedWith }) => [
    uncompressedBytes === null ? "" : bytes(uncompressedBytes),
    name,
    `${bytes(compressedBytes)} compressed`,
    shortDigest(digest),
    sharedWith.length === 0 ? "" : `shared with ${sharedWith.join(", ")}`,
  ])
}

function packages(found: readonly ImagePackage[]): string[][] {
  const rest = found.slice(mostPackages)
  const more = [
    bytes(rest.reduce((sum, each) => sum + each.bytes, 0)),
    `… ${rest.length} more: --json names all`,
  ]
  return [
    ...found.slice(0, mostPackages).map(({ name, version = "", bytes: sum }) => [bytes(sum), name, version]),
    ...(rest.length > 0 ? [more] : []),
  ]
}

function hints({ hints: found }: ImageDetail): string[] {
  if (found.length === 0) return ["", "Nothing was found that would make it smaller."]
  return [
    "",
    "What would make it smaller",
    ...found.flatMap(({ what, bytes: sum, examples }) => [
      cut(`  ${bytes(sum).padEnd(9)}${what}`, width),
      cut(`           ${examples.join("  ")}`, width),
    ]),
  ]
}

function section(title: string, rows: string[][]): string[] {
  if (rows.length === 0) return []
  return ["", title, ...columns(rows).map((line) => cut(`  ${line}`, width))]
}
