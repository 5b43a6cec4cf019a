import { expect, test } from "vitest"
import { childOf, readXml, textOf, withDescendants } from "../../../../ci/core/xml/read-xml.js"

const text = `<?xml version="1.0"?>
<!-- <a>no</a> -->
<p:project xmlns:p="urn:x">
  <a> 1.10 </a>
  <b><c>x &amp; y</c><c><![CDATA[<z>]]></c></b>
  <e/>
</p:project>
`

function root() {
  const read = readXml(text, "pom.xml")
  if (!read.ok) throw new Error(read.problems[0]?.message)
  return read.value
}

test("elements have texts as written, and lines", () => {
  expect(textOf(root(), "a")).toBe("1.10")
  expect(childOf(root(), "a")?.line).toBe(4)
  expect(textOf(root(), "b", "c")).toBe("x & y")
  expect(textOf(root(), "e")).toBeUndefined()
  expect(withDescendants(root()).map(({ name }) => name)).toEqual(["project", "a", "b", "c", "c", "e"])
  expect(withDescendants(root()).at(4)?.text).toBe("<z>")
})

test.each([
  ["<a>\n<b></a>", 2],
  ["<a>", 1],
  ["no xml", 1],
])("what is no XML is told with its line: %j", (broken, line) => {
  const read = readXml(broken, "pom.xml")
  expect(read).toMatchObject({ ok: false, problems: [{ file: "pom.xml", line }] })
})

test("entities of a document type are not expanded without end", () => {
  const bomb = `<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]><a>&y;</a>`
  const read = readXml(bomb, "pom.xml")
  expect(JSON.stringify(read).length).toBeLessThan(500)
})
