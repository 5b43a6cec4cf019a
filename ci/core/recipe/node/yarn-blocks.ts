/** One entry of a yarn.lock, of any version. */
export interface YarnBlock {
  /** What is asked for, as `name@range`; all of them get this entry. */
  readonly descriptors: readonly string[]
  readonly version: string
  /** Yarn 2 and newer: what it is, as `name@npm:1.2.3` or `name@workspace:folder`. */
  readonly resolution: string
  /** Names with ranges. */
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
  /** The lines below its key, as they stand in the file. */
  readonly body: readonly string[]
}

/** A yarn.lock: what comes before its entries, and they. */
export interface YarnBlocks {
  readonly head: string
  readonly blocks: readonly YarnBlock[]
}

/** Splits a yarn.lock into its entries, which stand in paragraphs; undefined when it is none. */
export function readYarnBlocks(text: string): YarnBlocks | undefined {
  const paragraphs = text
    .replaceAll("\r\n", "\n")
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/^\n+|\n+$/g, ""))
  const isEntry = (paragraph: string) => /^["\w?@]/.test(paragraph) && !paragraph.startsWith("__metadata:")
  const entries = paragraphs.filter((paragraph) => paragraph !== "" && isEntry(paragraph))
  const head = paragraphs.filter((paragraph) => paragraph !== "" && !isEntry(paragraph))
  const blocks = entries.map(readBlock)
  const isWhole = blocks.every((block) => block !== undefined)
  return isWhole && head.length > 0 ? { head: head.join("\n\n"), blocks: blocks } : undefined
}

function readBlock(paragraph: string): YarnBlock | undefined {
  const lines = paragraph.split("\n")
  const isLong = lines[0]?.startsWith("? ") === true
  const body = lines.slice(isLong ? 2 : 1)
  const key = isLong ? lines[0]?.slice(2) : lines[0]?.replace(/:$/, "")
  if (key === undefined || body.some((line) => !line.startsWith("  "))) return undefined
  const fields = new Map<string, string>()
  const sections = new Map<string, Record<string, string>>()
  let section = ""
  for (const line of body) {
    const [, indent = "", quoted = "", rest = ""] =
      /^( +)("(?:[^"\\]|\\.)*"|[^\s:"]+):?(?: (.*))?$/.exec(line) ?? []
    if (indent.length === 2) {
      section = rest === "" ? bare(quoted) : ""
      if (rest !== "") fields.set(bare(quoted), bare(rest))
    }
    if (indent.length === 4 && section !== "") {
      sections.set(section, { ...sections.get(section), [bare(quoted)]: bare(rest) })
    }
  }
  return {
    descriptors: descriptorsOf(key),
    version: fields.get("version") ?? "",
    resolution: fields.get("resolution") ?? "",
    dependencies: sections.get("dependencies") ?? {},
    optionalDependencies: sections.get("optionalDependencies") ?? {},
    body,
  }
}

/** Version 1 quotes each descriptor, later ones quote all of them as one. */
function descriptorsOf(key: string): readonly string[] {
  return key.split(", ").map((each) => each.replace(/^"|"$/g, ""))
}

function bare(text: string): string {
  return text.replace(/^"|"$/g, "")
}

/** The name in `name@range`, whose name may begin with an @. */
export function descriptorName(descriptor: string): string {
  return /^(@?[^@]+)/.exec(descriptor)?.[1] ?? descriptor
}

/** The entries of these descriptors, together with all that they lead to. */
export function reachBlocks(
  blocks: readonly YarnBlock[],
  from: readonly string[],
  isOwn: (block: YarnBlock) => boolean,
): ReadonlyMap<YarnBlock, ReadonlySet<string>> {
  const byDescriptor = new Map(
    blocks.flatMap((block) => block.descriptors.map((each) => [each, block] as const)),
  )
  const byName = new Map<string, string[]>()
  for (const each of byDescriptor.keys())
    byName.set(descriptorName(each), [...(byName.get(descriptorName(each)) ?? []), each])
  const reached = new Map<YarnBlock, Set<string>>()
  const visit = (wanted: string): void => {
    for (const descriptor of fitting(wanted, byDescriptor, byName.get(descriptorName(wanted)) ?? [])) {
      const block = byDescriptor.get(descriptor)
      if (block === undefined) continue
      const known = reached.get(block)
      known?.add(descriptor)
      if (known !== undefined) continue
      reached.set(block, new Set([descriptor]))
      if (isOwn(block)) continue
      const { dependencies, optionalDependencies } = block
      for (const [name, range] of Object.entries({ ...dependencies, ...optionalDependencies }))
        visit(`${name}@${range}`)
    }
  }
  from.forEach(visit)
  return reached
}

/**
 * What a wish leads to: itself and the patched form of itself; where a resolution put another range in its place,
 * every one of that name.
 */
function fitting(
  wanted: string,
  known: ReadonlyMap<string, YarnBlock>,
  sameName: readonly string[],
): readonly string[] {
  const bareRange = wanted.replace(/^(@?[^@]+)@npm:/, "$1@")
  const exact = [wanted, bareRange, wanted.replace(/^(@?[^@]+)@(?!\w+:)/, "$1@npm:")].filter((each) =>
    known.has(each),
  )
  const patched = sameName.filter((each) => {
    const source = /@patch:([^#]*)#/.exec(each)?.[1]
    return source !== undefined && exact.some((one) => decodeURIComponent(source) === one)
  })
  return exact.length > 0 ? [...new Set([...exact, ...patched])] : sameName
}
