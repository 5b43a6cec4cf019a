import * as fs from "node:fs"
import { SourceMap, type SourceMapPayload } from "node:module"
import { fileURLToPath } from "node:url"

/**
 * Makes stack traces name the lines of the module's TypeScript.
 *
 * The map is read when the first trace is looked at: node's own `--enable-source-maps` reads it at every start.
 */
export function mapStackTraces(): void {
  const maps = new Map<string, SourceMap | undefined>()
  Error.prepareStackTrace = (error, frames) => {
    const trace = frames.map((frame) => `\n    at ${position(frame, maps)}`)
    return `${String(error)}${trace.join("")}`
  }
}

function position(frame: NodeJS.CallSite, maps: Map<string, SourceMap | undefined>): string {
  const file = frame.getFileName() ?? undefined
  const map = file?.startsWith("file:") ? mapOf(fileURLToPath(file), maps) : undefined
  const origin = map?.findEntry((frame.getLineNumber() ?? 1) - 1, (frame.getColumnNumber() ?? 1) - 1)
  if (!file || !origin || !("originalSource" in origin)) return frame.toString()
  const source = fileURLToPath(new URL(origin.originalSource, `${file}.map`))
  const place = `${source}:${origin.originalLine + 1}:${origin.originalColumn + 1}`
  const name = frame.getFunctionName()
  return name ? `${name} (${place})` : place
}

function mapOf(file: string, maps: Map<string, SourceMap | undefined>): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(`${file}.map`))
  return maps.get(file)
}

function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(fs.readFileSync(file, "utf8")) as SourceMapPayload)
  } catch {
    return undefined // A trace without its map is still a trace.
  }
}
