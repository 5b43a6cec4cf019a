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
