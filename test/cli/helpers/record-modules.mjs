// Preloaded with --import: appends the URL of each module that the process loads to the file $LOADED_MODULES.
import { appendFileSync } from "node:fs"
import { register } from "node:module"
import { env } from "node:process"
import { isMainThread } from "node:worker_threads"

if (isMainThread) register(import.meta.url)

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context)
  appendFileSync(env.LOADED_MODULES, `${found.url}\n`)
  return found
}
