import ignore, { type Ignore } from "ignore"
import { isWithin, pathWithin } from "../core/listing.js"

/** Never part of a repository's content, whatever .gitignore files say. */
const alwaysIgnored: ReadonlySet<string> = new Set([".git", "node_modules", ".slipway"])

interface Level {
  readonly folder: string
  readonly rules: Ignore
}

/** The .gitignore files from the repository's root down to one folder; a deeper file overrules the ones above. */
export class IgnoreRules {
  static readonly none = new IgnoreRules([])

  private constructor(private readonly levels: readonly Level[]) {}

  /** These rules and those of a folder's own .gitignore. */
  with(folder: string, gitignore: string): IgnoreRules {
    return new IgnoreRules([...this.levels, { folder, rules: ignore().add(gitignore) }])
  }

  /** True when git would not see this file, or this folder; paths are relative to the repository's root. */
  ignores(path: string, isFolder: boolean): boolean {
    const name = path.slice(path.lastIndexOf("/") + 1)
    if (alwaysIgnored.has(name)) return true
    return this.levels
      .filter(({ folder }) => isWithin(path, folder))
      .reduce((ignored, { folder, rules }) => {
        const verdict = rules.test(`${pathWithin(path, folder)}${isFolder ? "/" : ""}`)
        return verdict.ignored || (ignored && !verdict.unignored)
      }, false)
  }
}
