import type { HeldLines } from "../steps.js"
import type { BeforeSources } from "./before-sources.js"

/** Which lines of a Dockerfile a stage of the recipe holds. */
export function heldLines({ stage, last }: BeforeSources, text: string): HeldLines {
  const end = last.heredocs.at(-1)?.end ?? last.end
  const lines = stage.instructions.slice(0, stage.instructions.indexOf(last) + 1)
  return {
    stage: `builder before sources, line ${stage.from.line}`,
    first: stage.from.line,
    last: text.slice(0, end).split("\n").length,
    ...(stage.name === undefined ? {} : { name: stage.name }),
    again: lines
      .filter(({ keyword }) => keyword === "ARG" || keyword === "SHELL")
      .map(({ keyword, rest }) => `${keyword} ${rest}`),
  }
}

/** The Dockerfile that ends with a line. */
export function firstLines(text: string, last: number): string {
  return `${text.split("\n").slice(0, last).join("\n")}\n`
}

/** The Dockerfile with images, by stage, in place of the lines that made them; what follows keeps its line. */
export function fromHeld(
  text: string,
  held: readonly HeldLines[],
  images: ReadonlyMap<string, string>,
): string {
  const lines = text.split("\n")
  for (const { stage, first, last, name, again } of held) {
    const image = images.get(stage)
    if (image === undefined) continue
    const from = `FROM ${image}${name === undefined ? "" : ` AS ${name}`}`
    const instead = [from, ...again]
    for (let line = first; line <= last; line++) lines[line - 1] = instead[line - first] ?? ""
  }
  return lines.join("\n")
}
