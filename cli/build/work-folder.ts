import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** The folder of a repository for what is under way and what failed; git leaves it alone. Makes it where it is absent. */
export function workFolder(root: string): string {
  const folder = join(root, ".slipway")
  mkdirSync(folder, { recursive: true })
  const rules = join(folder, ".gitignore")
  if (!existsSync(rules)) writeFileSync(rules, "*\n")
  return folder
}
