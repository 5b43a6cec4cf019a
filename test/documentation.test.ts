import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { commands } from "../cli/commands.js"
import { files, project, read, readJson } from "./helpers/sources.js"

const pages = files("*.md", "docs/**/*.md", "engine/**/*.md", "examples/*/*.md")
const folders = /^(ci|cli|engine|test|docs|services|examples|\.ci)\//

describe.each(pages)("%s", (page) => {
  const text = read(page)

  test("every file that it names is there", () => {
    const named = matches(text, /`([^`\s*]+)`/g).filter((word) => folders.test(word))
    expect(named.filter((path) => !isThere(path))).toEqual([])
  })

  test("every link leads somewhere", () => {
    const links = matches(text, /\]\(([^)#\s]+)[^)]*\)/g).filter((link) => !link.includes("://"))
    expect(links.filter((link) => !isThere(join(dirname(page), link)))).toEqual([])
  })

  test("every command that it shows exists", () => {
    const shown = matches(text, /(?<![./])\.\/slipway (?:-\S+ \S+ )*([a-z]+)/g)
    expect(shown.filter((word) => !Object.hasOwn(commands, word))).toEqual([])
    const { scripts } = readJson<{ scripts: Record<string, string> }>("package.json")
    expect(matches(text, /npm run ([a-z]+)/g).filter((word) => !(word in scripts))).toEqual([])
  })
})

test("README.md shows every command", () => {
  const shown = matches(read("README.md"), /^\| `\.\/slipway ([a-z]+)/gm)
  expect(shown.sort()).toEqual(Object.keys(commands).sort())
})

test("README.md's two commands are what CI runs", () => {
  const two = matches(read("README.md"), /^ {4}(\.\/slipway (?:build|test)) +#/gm)
  expect(two).toEqual(["./slipway build", "./slipway test"])
  expect(matches(read(".ci/run"), /^ *part (\.\/slipway \w+)/gm)).toEqual(two)
})

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = ""]) => found)
}

function isThere(path: string): boolean {
  return existsSync(join(project, path))
}
