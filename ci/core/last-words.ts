import { posix } from "node:path"

/** How a service was started that could not be asked for its health. */
export interface Started {
  /** The folder that it starts in; absent where its manifest cannot say in which it may write. */
  readonly folder?: string | undefined
  readonly port?: number | undefined
}

/**
 * What a person can do about a service, seen by what it printed at its end: it wanted to write where it may not, or a
 * port that it may not have. Nothing for other last words.
 */
export function remedyFor(printed: string, { folder, port }: Started): string | undefined {
  const lines = printed.split("\n").filter((line) => refused.test(line))
  const [line] = lines
  if (lines.some((each) => binding.test(each)))
    return port !== undefined && port < 1024
      ? `Ports below 1024 are root's. Let it listen on another one, such as ${8000 + port}, and name that as its port.`
      : undefined
  return line === undefined || folder === undefined ? undefined : writable(line, folder)
}

const binding = /\b(listen|bind)/i
const refused =
  /permission denied|\bEACCES\b|AccessDeniedException|read-only file system|unable to open database file|failed to bind/i

function writable(line: string, folder: string): string {
  const [path = posix.join(folder, "data")] = /\/app\/[\w./-]*\w/.exec(line) ?? []
  const wanted = posix.relative(folder, posix.extname(path) === "" ? path : posix.dirname(path)) || "."
  return `It may not write where it wants to. A line "writable: [${wanted}]" in its service.yaml lets it.`
}
