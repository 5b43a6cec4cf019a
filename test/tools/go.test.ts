import { execa } from "execa"
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { expect, test } from "vitest"
import { goEnvironment } from "../../engine/go-environment.js"
import { openHome } from "../../engine/home.js"
import { stageInputs } from "../../ci/io/stage-inputs.js"
import { folderOfFile } from "../helpers/folders.js"
import { checkout } from "../helpers/slipway.js"
import { layOut, localFiles, workspaceOf } from "../helpers/workspaces.js"
import { loadAll } from "../unit/helpers/load.js"
import { compareWithTool } from "./compare.js"

/** What Go reads for a main package: files of the repository from its root, and modules from outside with their versions. */
async function listedByGo(root: string, main: string): Promise<readonly string[]> {
  const files = ["GoFiles", "EmbedFiles"]
    .map((field) => `{{range .${field}}}{{$.Dir}}/{{.}}{{"\\n"}}{{end}}`)
    .join("")
  const outside =
    '{{with .Module}}{{if .Version}}{{if not .Replace}}{{.Path}}@{{.Version}}{{"\\n"}}{{end}}{{end}}{{end}}'
  const format = `{{if .Module}}${outside}${files}{{end}}`
  const env = { ...goEnvironment(openHome(process.env)), GOWORK: "" }
  const { stdout } = await execa("go", ["list", "-deps", "-f", format, "."], { cwd: join(root, main), env })
  const lines = stdout.split("\n").filter((line) => line.startsWith(`${root}/`) || line.includes("@"))
  return lines
    .filter((line) => line.startsWith(root) || !line.startsWith("/"))
    .map((line) => (line.startsWith(root) ? relative(root, line) : line))
}

for (const format of ["go/work", "go/replace"])
  compareWithTool(format, ({ root, service }) => listedByGo(root, `services/${service}`))

const folder = folderOfFile()

test("go list reads the same files in one module with several services", async () => {
  const root = join(folder, "module")
  cpSync(join(checkout, "test/fixtures/workspaces/go/module/repository"), root, { recursive: true })
  const { targets } = await loadAll(root)
  expect(targets.map(({ service }) => service)).toEqual(["a", "b"])
  for (const target of targets) {
    const listed = await listedByGo(root, `cmd/${target.service}`)
    expect(listed.filter((each) => !each.includes("@")).sort(), target.service).toEqual(localFiles(target))
  }
})

test("go list is content with a checksum that only another module's go.sum has", async () => {
  const root = join(folder, "sums")
  mkdirSync(root)
  layOut(workspaceOf("go/work"), root, "repository")
  const read = (service: string) => readFileSync(join(root, `services/${service}/go.sum`), "utf8")
  const sums = read("b").split("\n")
  writeFileSync(join(root, "services/b/go.sum"), sums.slice(2).join("\n"))
  writeFileSync(join(root, "services/a/go.sum"), `${read("a")}${sums.slice(0, 2).join("\n")}\n`)
  const b = (await loadAll(root)).targets.find(({ service }) => service === "b")
  const staged = join(folder, "staged")
  await stageInputs(root, b?.inputs ?? [], staged)
  const listed = await listedByGo(staged, "services/b")
  expect(listed.filter((each) => !each.includes("@")).sort()).toEqual(b && localFiles(b))
})
