import { posix } from "node:path"
import type { AssetParts } from "./assets.js"
import type { RecipeRequest } from "./language.js"
import { script, shellWord } from "./steps.js"

/**
 * A layer with the folders in which a service may write: all else in /app is root's. Anyone may write there, since
 * whoever runs the image may choose another user.
 */
export function writableParts({ service }: RecipeRequest, workingDirectory: string): AssetParts {
  const { writable = [] } = service
  if (writable.length === 0) return { stages: [], layers: [] }
  const folders = writable.map((folder) => shellWord(posix.join("/out", workingDirectory, folder))).join(" ")
  const steps = script("make folders", `mkdir -p ${folders}`, `chmod 1777 ${folders}`)
  return {
    stages: [{ name: "writable", steps: [{ do: "fromStage", stage: "tools" }, steps] }],
    layers: [{ name: "writable", stage: "writable", path: "/out" }],
  }
}

/**
 * What to do about a service that ended for want of a folder that it may write to, as it starts in `start`; nothing for
 * other last words.
 */
export function writableHint(printed: string, start: string): string | undefined {
  const line = printed.split("\n").find((each) => refused.test(each) && !/\b(listen|bind)/i.test(each))
  if (line === undefined) return undefined
  const [path = posix.join(start, "data")] = /\/app\/[\w./-]*\w/.exec(line) ?? []
  const folder = posix.relative(start, posix.extname(path) === "" ? path : posix.dirname(path)) || "."
  return `It may not write where it wants to. A line "writable: [${folder}]" in its service.yaml lets it.`
}

const refused =
  /permission denied|\bEACCES\b|AccessDeniedException|read-only file system|unable to open database file/i
