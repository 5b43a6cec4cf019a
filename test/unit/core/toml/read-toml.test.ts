import { expect, test } from "vitest"
import { readToml } from "../../../../ci/core/toml/read-toml.js"

test("tables, arrays of tables and strings become plain values", () => {
  const text = '[package]\nname = "a"\n\n[[bin]]\nname = "b"\n'
  expect(readToml(text, "Cargo.toml")).toEqual({
    ok: true,
    value: { package: { name: "a" }, bin: [{ name: "b" }] },
  })
})

test("what is no TOML is told with its line", () => {
  expect(readToml('a = 1\nb = "open\n', "uv.lock")).toMatchInlineSnapshot(`
    {
      "ok": false,
      "problems": [
        {
          "file": "uv.lock",
          "line": 2,
          "message": "this is no TOML: control characters are not allowed in strings.",
        },
      ],
    }
  `)
  expect(readToml("a = 1\na = 2\n", "uv.lock")).toMatchInlineSnapshot(`
    {
      "ok": false,
      "problems": [
        {
          "file": "uv.lock",
          "line": 2,
          "message": "this is no TOML: trying to redefine an already defined table or value.",
        },
      ],
    }
  `)
})
