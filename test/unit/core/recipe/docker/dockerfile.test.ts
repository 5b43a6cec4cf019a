import { describe, expect, test } from "vitest"
import { expand } from "../../../../../ci/core/recipe/docker/expand.js"
import { parseDockerfile } from "../../../../../ci/core/recipe/docker/parse-dockerfile.js"

function shown(text: string): readonly string[] {
  return parseDockerfile(text).instructions.map(
    ({ keyword, line, flags, words }) =>
      `${line} ${keyword} ${[...flags, ...words].map((word) => `<${word.text}>`).join("")}`,
  )
}

describe("a Dockerfile is read as BuildKit reads it", () => {
  test.each<[string, string, readonly string[]]>([
    ["words", "from a  AS b\n\n# comment\nEXPOSE 80", ["1 FROM <a><AS><b>", "4 EXPOSE <80>"]],
    ["continued lines", "RUN a \\\n  b \\  \n  c", ["1 RUN <a><b><c>"]],
    [
      "comments and empty lines between them",
      "RUN a \\\n# no\n\n  b\nUSER 1",
      ["1 RUN <a><b>", "5 USER <1>"],
    ],
    ["another escape", "# escape=`\nRUN a `\n b\\\nUSER 1", ["2 RUN <a><b\\>", "4 USER <1>"]],
    ["options", "COPY --chown=1:1 --from=x a b", ["1 COPY <--chown=1:1><--from=x><a><b>"]],
    ["the JSON form", 'COPY ["a b", "c"]', ["1 COPY <a b><c>"]],
    [
      "here-documents",
      "RUN <<A cat <<-B\nUSER 1\nA\n\tx\n\tB\nUSER 2",
      ["1 RUN <<<A><cat><<<-B>", "6 USER <2>"],
    ],
    ["windows' line ends", "FROM a\r\nUSER 1\r\n", ["1 FROM <a>", "2 USER <1>"]],
  ])("%s", (_what, text, instructions) => {
    expect(shown(text)).toEqual(instructions)
  })

  test("each word knows its place", () => {
    const text = "FROM a AS b\nCOPY \\\n # why\n --from=x y z"
    const [from, copy] = parseDockerfile(text).instructions
    const places = [...(from?.words ?? []), ...(copy?.flags ?? []), ...(copy?.words ?? [])]
    expect(places.map(({ start, end }) => text.slice(start, end))).toEqual([
      "a",
      "AS",
      "b",
      "--from=x",
      "y",
      "z",
    ])
  })

  test("directives are only at the top", () => {
    expect([...parseDockerfile("# syntax = x:1\n# Escape=`\nFROM a").directives.keys()]).toEqual([
      "syntax",
      "escape",
    ])
    expect([...parseDockerfile("FROM a\n# syntax=x").directives.keys()]).toEqual([])
  })
})

test.each([
  ["$A-${B}", "1-2"],
  ["${C:-3}${E:-4}${E-5}", "34"],
  ["${A:+x}${C:+x}", "x"],
  ["\\$A", "$A"],
  ["${C:-${A}}", "1"],
  ["$C", undefined],
])("%s expands to %s", (text, expanded) => {
  expect(expand(text, new Map(Object.entries({ A: "1", B: "2", E: "" })))).toBe(
    text.includes("${E:-4}") ? "34" : expanded,
  )
})
