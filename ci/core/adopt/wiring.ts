import { type Source } from "./sources.js"

const reads =
  /(?:process\.env\.|process\.env\[["'`]|[gG]etenv\(["'`]|mustMapEnv\([^,]+,\s*"|environ\.get\(["'`]|environ\[["'`]|env::var\(["'`]|GetEnvironmentVariable\(["'`])([A-Z][A-Z0-9_]*_(?:URL|URI|ADDR|ADDRESS|HOST|ENDPOINT|DSN))\b/g

/** Variables in which code expects the address of something else, as far as they can be seen. */
export function addressVariables(sources: readonly Source[]): readonly string[] {
  const found = sources.flatMap(({ text }) => [...text.matchAll(reads)].map(([, name = ""]) => name))
  return [...new Set(found)].sort().slice(0, 12)
}
