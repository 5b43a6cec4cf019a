import { XMLParser, XMLValidator } from "fast-xml-parser"
import { failure, success, type Result } from "../result.js"
import type { Problem } from "../problem.js"

/** One element of an XML file: what it says and what is in it. Attributes and prefixes of namespaces are left out. */
export interface XmlElement {
  readonly name: string
  /** Line of the start tag, from 1. */
  readonly line: number
  /** The text in it without white space around; empty where it holds elements. */
  readonly text: string
  /** Elements in it, in their order. */
  readonly children: readonly XmlElement[]
}

/** Reads an XML file's root element, or tells the first line that is no XML. */
export function readXml(text: string, file: string): Result<XmlElement> {
  const valid = XMLValidator.validate(text)
  if (valid !== true) return failure(notXml(file, valid.err.msg, valid.err.line))
  const lineAt = lineCounter(text)
  const [root] = toElements(parser.parse(text) as readonly RawNode[], lineAt)
  return root === undefined ? failure(notXml(file, "there is no element in it")) : success(root)
}

/** The first element in an element that is reached by these names, one in the other. */
export function childOf(
  element: XmlElement | undefined,
  ...names: readonly string[]
): XmlElement | undefined {
  return names.reduce((found, name) => found?.children.find((child) => child.name === name), element)
}

/** The text of an element in an element; undefined where it is missing or empty. */
export function textOf(element: XmlElement | undefined, ...names: readonly string[]): string | undefined {
  const text = childOf(element, ...names)?.text
  return text === "" ? undefined : text
}

/** The elements of one name in an element. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** An element and everything in it. */
export function withDescendants(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap(withDescendants)]
}

const metadata = XMLParser.getMetaDataSymbol() as unknown as symbol

const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
})

/** What the parser makes of an element or of a text: one name with its content, and where it begins. */
type RawNode = Readonly<Record<string, unknown>> & Readonly<Record<symbol, unknown>>

function toElements(nodes: readonly RawNode[], lineAt: (index: number) => number): readonly XmlElement[] {
  return nodes.flatMap((node) => {
    const [name] = Object.keys(node).filter((key) => key !== ":@")
    if (name === undefined || name === "#text") return []
    const inner = node[name] as readonly RawNode[]
    const text = inner.map((child) => child["#text"] ?? "").join("")
    const { startIndex = 0 } = (node[metadata] ?? {}) as { readonly startIndex?: number }
    return [{ name, line: lineAt(startIndex), text: text.trim(), children: toElements(inner, lineAt) }]
  })
}

/** Lines of positions that only grow. */
function lineCounter(text: string): (index: number) => number {
  let [line, reached] = [1, 0]
  return (index) => {
    for (; reached < index; reached++) if (text[reached] === "\n") line++
    return line
  }
}

function notXml(file: string, reason: string, line?: number): Problem {
  const message = `this is no XML: ${reason.replace(/\.$/, "")}.`
  return { file, ...(line === undefined ? {} : { line }), message }
}
