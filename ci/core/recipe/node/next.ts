import { posix } from "node:path"
import type { PackageJson } from "./package-json.js"
import { startScripts } from "./start.js"

/** Where Next.js is configured. */
export const nextConfigFiles = ["next.config.js", "next.config.mjs", "next.config.cjs", "next.config.ts"]

/** The folder into which Next.js writes a server with all that it needs. */
const standalone = ".next/standalone"

/** What has Next.js write such a server where its configuration names no output; its adapters build on it, too. */
export const standaloneVariables = { NEXT_PRIVATE_STANDALONE: "true", NEXT_TELEMETRY_DISABLED: "1" }

/**
 * True for a service that Next.js builds into a server of its own: with `output: "standalone"` in its configuration, or
 * with `next start` as its start and no other output.
 */
export function isNextStandalone(
  folder: string,
  manifest: PackageJson,
  texts: ReadonlyMap<string, string | undefined>,
): boolean {
  if (manifest.dependencies["next"] === undefined && manifest.devDependencies["next"] === undefined)
    return false
  const configurations = nextConfigFiles.flatMap((name) => texts.get(posix.join(folder, name)) ?? [])
  if (configurations.some((text) => /["'`]standalone["'`]/.test(text))) return true
  const isPage = configurations.some((text) => /\boutput\s*:\s*["'`]export["'`]/.test(text))
  return !isPage && startScripts.some((name) => /(^|\s)next start\b/.test(manifest.scripts[name] ?? ""))
}

/** The server that Next.js writes, in the service's folder; `inner` is that folder as seen from the lockfile's. */
export function nextServer(inner: string): string {
  return posix.join(standalone, inner, "server.js")
}

/** True for an entrypoint that is such a server. */
export function isNextServer(entrypoint: string): boolean {
  return entrypoint.startsWith(`${standalone}/`)
}

/** Where the image has the server: what is in the folder `standalone` becomes `/app`. */
export function nextInImage(entrypoint: string): string {
  return posix.join("/app", entrypoint.slice(standalone.length))
}
