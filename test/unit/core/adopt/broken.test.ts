import { expect, test } from "vitest"
import { find } from "../../helpers/adopt.js"

test.each([
  ["package.json", "{ not", "the file is no JSON. Run npm install to see what is wrong."],
  ["Cargo.toml", "[package", expect.stringContaining("this is no TOML")],
  ["pom.xml", "<project><a></project>", expect.stringContaining("this is no XML")],
])("a %s that cannot be read is told, also beside a Dockerfile", (name, text, message) => {
  const { services, broken } = find({
    [`api/${name}`]: text,
    "api/Dockerfile": "FROM debian\n",
    "ok/go.mod": "module x\n\ngo 1.26\n",
    "ok/main.go": "package main\n",
  })
  expect(services.map(({ folder }) => folder)).toEqual(["ok"])
  expect(broken).toMatchObject([{ file: `api/${name}`, message }])
})
