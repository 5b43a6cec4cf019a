import { cpSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, expect, inject, test } from "vitest"
import { folderOfFile, writeFiles } from "../../helpers/folders.js"
import { pullImage, type Image } from "../../helpers/images.js"
import { build, checkout, type Built } from "../../helpers/slipway.js"

const home = inject("firstHome")
const folder = folderOfFile()
let built: Built
const images: Record<string, Image> = {}

/** A service that answers, with C code in it. */
const withC = {
  "services/native/service.yaml": 'language: go\nport: 8080\nargs: { CGO_ENABLED: "1" }\n',
  "services/native/go.mod": "module example.com/native\n\ngo 1.24\n",
  "services/native/main.go": `package main

// static int twice(int n) { return 2 * n; }
import "C"

import "net/http"

func main() {
	handler := http.HandlerFunc(func(answer http.ResponseWriter, _ *http.Request) {
		answer.WriteHeader(100 * int(C.twice(1)))
	})
	if err := http.ListenAndServe(":8080", handler); err != nil {
		panic(err)
	}
}
`,
}

beforeAll(async () => {
  const fixtures = join(checkout, "test/fixtures/workspaces/go")
  for (const name of ["replace", "work"]) {
    cpSync(join(fixtures, name, "repository"), join(folder, name), { recursive: true })
  }
  writeFiles(folder, withC)
  const globs = ["replace/services/a", "services/native"].map((glob) => `  - ${glob}\n`).join("")
  writeFiles(folder, { "slipway.yaml": `services:\n${globs}` })
  built = await build(["-C", folder], { home })
  expect(built.exitCode, built.stderr).toBe(0)
  for (const [name, { image }] of Object.entries(built.targets))
    if (image) images[name] = await pullImage(image)
})

test("a service with replaced modules has its binary and little else", () => {
  const paths = images["a"]?.entries.map(({ path }) => path) ?? []
  expect(paths).toContain("/app/a")
  expect(images["a"]?.bytes).toBeLessThan(12e6)
})

test("with cgo, the image has the C library, but no compiler", () => {
  const paths = images["native"]?.entries.map(({ path }) => path) ?? []
  expect(paths.some((path) => path.endsWith("/libc.so.6"))).toBe(true)
  expect(paths.filter((path) => /\/(cc1|collect2|as|ld|gcc|[^/]*-gcc(-\d+)?)$/.test(path))).toEqual([])
})

test("a service of a go.work builds of the modules that it reaches", async () => {
  const work = await build(["-C", join(folder, "work"), "b"], { home })
  expect(work.exitCode, work.stderr).toBe(0)
})
