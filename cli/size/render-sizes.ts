import type { ImageSize, SizeReport } from "../../ci/core/image/size-report.js"
import { bytes, columns } from "../output/format.js"

const headings = ["service", "uncompressed", "compressed", "layers", "shared with others", "of the budget"]

/** The fleet's table as a terminal shows it, with what all of it takes when each layer is stored once. */
export function renderSizes(report: SizeReport): string {
  return [
    ...columns([headings, ...report.images.map((image) => row(image, report))]),
    "",
    total(report),
    ...missing(report),
  ].join("\n")
}

/** The fleet's table as a page in Markdown. */
export function renderMarkdown(report: SizeReport): string {
  const lines = [headings, headings.map(() => "---"), ...report.images.map((image) => row(image, report))]
  return [
    "# Sizes",
    "",
    "Written by `./slipway size --markdown` from what is published; `./slipway size SERVICE` shows what an image",
    "consists of. Uncompressed is what a machine that runs the image stores, compressed what it downloads.",
    "",
    ...lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`),
    "",
    total(report),
  ].join("\n")
}

function row({ service, image }: ImageSize, { budgetBytes }: SizeReport): string[] {
  if (image === null) return [service, "not published", "", "", "", ""]
  const { layers, uncompressedBytes: full, compressedBytes } = image
  const shared = layers.filter(({ sharedWith }) => sharedWith.length > 0)
  const sharedBytes = shared.reduce((sum, layer) => sum + (layer.uncompressedBytes ?? 0), 0)
  return [
    service,
    full === null ? "unknown" : bytes(full),
    bytes(compressedBytes),
    String(layers.length),
    shared.length === 0 ? "nothing" : `${bytes(sharedBytes)} in ${shared.length}`,
    full === null ? "" : `${Math.round((full / budgetBytes) * 100)} % of ${bytes(budgetBytes)}`,
  ]
}

/** How to publish what is not. */
function missing({ images }: SizeReport): string[] {
  const [absent] = images.filter(({ image }) => image === null)
  return absent ? [`What is missing: ./slipway build -e ${absent.environment}`] : []
}

function total({ images, stored }: SizeReport): string {
  const published = images.filter(({ image }) => image !== null)
  const added = published.reduce((sum, { image }) => sum + (image?.uncompressedBytes ?? 0), 0)
  const once = stored.uncompressedBytes === null ? "" : `${bytes(stored.uncompressedBytes)} uncompressed, `
  const images_ = `${published.length} image${published.length === 1 ? "" : "s"}`
  return `${images_}: ${bytes(added)} one by one; with each layer stored once ${once}${bytes(stored.compressedBytes)} compressed.`
}
