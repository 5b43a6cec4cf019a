import { expect, test } from "vitest"
import { readPylock } from "../../../../../ci/core/recipe/python/pylock.js"

const target = { version: "3.13", platform: "linux/amd64" } as const
const hash = (digit: string): string => digit.repeat(64)

/** A file of an index, as pylock.toml writes it. */
function fileAt(url: string, digit: string): string {
  return `{ url = "https://files.test/${url}", hashes = { sha256 = "${hash(digit)}" } }`
}

test("wheels that fit are taken, sources where none fits, and archives by their address", () => {
  const text = `
lock-version = "1.0"

[[packages]]
name = "MarkupSafe"
version = "2.1.3"
sdist = ${fileAt("markupsafe-2.1.3.tar.gz", "a")}
wheels = [${fileAt("MarkupSafe-2.1.3-cp312-cp312-manylinux_2_17_x86_64.whl", "b")}]

[[packages]]
name = "idna"
version = "3.7"
sdist = ${fileAt("idna-3.7.tar.gz", "c")}
wheels = [${fileAt("idna-3.7-py3-none-any.whl", "d")}]

[[packages]]
name = "tool"
version = "1.0"
archive = ${fileAt("tool-1.0-py3-none-any.whl?signed=yes", "e")}
`
  expect(readPylock(text, target)).toEqual({
    ok: true,
    value: {
      markupsafe: { version: "2.1.3", sha256: [hash("a")], built: true },
      idna: { version: "3.7", sha256: [hash("d")] },
      tool: {
        version: "1.0",
        url: "https://files.test/tool-1.0-py3-none-any.whl?signed=yes",
        sha256: [hash("e")],
      },
    },
  })
})

test("what has no hash or no file that fits is told", () => {
  const text = `
[[packages]]
name = "fork"
version = "1.0"
vcs = { type = "git", url = "https://git.test/fork", commit-id = "abc" }

[[packages]]
name = "windows-only"
version = "2"
wheels = [${fileAt("windows_only-2-cp313-cp313-win_amd64.whl", "a")}]
`
  const read = readPylock(text, target)
  expect(read.ok ? [] : read.problems.map(({ message }) => message)).toEqual([
    "fork 1.0: it comes from version control or a folder, which has no hash. Publish it, or put it into the repository.",
    "windows-only 2: no file with a sha256 fits linux/amd64 and Python 3.13.",
  ])
})
