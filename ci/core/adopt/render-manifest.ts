import { Document, isCollection, isMap, isScalar, isSeq, stringify, type Node } from "yaml"
import type { FleetManifest } from "../manifest/fleet-manifest.js"
import type { Hint, Proposal } from "./proposal.js"

/** Columns of a comment. */
const width = 96

/** A service.yaml: what is known with where it was found, and what is not as comments to uncomment. */
export function renderManifest(proposal: Proposal, name: string | undefined): string {
  const { language, settings, origins, hints, notes = [] } = proposal
  const document = new Document({ ...(name === undefined ? {} : { name }), language, ...settings })
  if (isMap<Node, Node>(document.contents))
    for (const { key, value } of document.contents.items) {
      const origin = isScalar(key) ? origins[key.value as keyof typeof origins] : undefined
      if (isSeq(value)) value.flow = true
      if (origin !== undefined && value !== null) lastPart(value).comment = ` ${origin}`
    }
  return render(document, [...hints.map(hintComment), ...(notes.length === 0 ? [] : [notes])])
}

/** A slipway.yaml. */
export function renderFleet({ services, registry }: Pick<FleetManifest, "services" | "registry">): string {
  const document = new Document({ services, ...(registry === undefined ? {} : { registry }) })
  const where: readonly string[] = [
    ...wrapped("Where images are published; without it, the registry that Slipway keeps on this machine."),
    "registry: ghcr.io/acme/shop",
  ]
  return render(document, registry === undefined ? [where] : [])
}

function render(document: Document, comments: readonly (readonly string[])[]): string {
  const blocks = comments.map((lines) => lines.map((line) => ` ${line}`).join("\n"))
  if (blocks.length > 0) document.comment = blocks.join("\n\n")
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function hintComment({ why, example }: Hint): readonly string[] {
  const lines = stringify(example, { lineWidth: 0 }).trimEnd().split("\n")
  return [...wrapped(why), ...lines]
}

/** The part of a value that ends its first lines: a comment there stands at the end of a line. */
function lastPart(value: Node): Node {
  if (!isCollection(value) || isSeq(value)) return value
  const [first] = value.items
  const inner = (first as { value?: unknown } | undefined)?.value
  return isScalar(inner) || isCollection(inner) ? lastPart(inner) : value
}

/** A text in lines that fit a terminal. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(" ")) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
