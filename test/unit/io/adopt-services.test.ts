import { cpSync, readdirSync, rmSync } from "node:fs"
import { basename, join } from "node:path"
import { describe, expect, test } from "vitest"
import { adoptServices, problemsOf, searchServices } from "../../../ci/io/adopt-services.js"
import { existingServices } from "../../../ci/io/existing-services.js"
import { loadFleet } from "../../../ci/io/load-fleet.js"
import { readRepository } from "../../../ci/io/read-repository.js"
import { repository, temporaryFolder } from "../helpers/repository.js"

const project = join(import.meta.dirname, "../../..")

async function adoptIn(root: string, start = ".") {
  const opened = await readRepository(root)
  const existing = (await existingServices(opened)).map(({ folder }) => folder)
  const { services } = await searchServices(opened, start, existing)
  return { opened, adoptions: await adoptServices(opened, services, { names: [], root: "shop" }) }
}

test("a folder with a slipway.yaml of its own is another fleet: Slipway's own checkout beside the services", async () => {
  const program = { "package.json": '{ "name": "x", "scripts": { "start": "node x.js" } }', "x.js": "" }
  const at = (folder: string) =>
    Object.fromEntries(Object.entries(program).map(([name, text]) => [`${folder}/${name}`, text]))
  const other = {
    "tools/slipway/slipway.yaml": "",
    "tools/slipway/services/b/service.yaml": "language: node\n",
  }
  const root = repository({
    ...at("apps/a"),
    ...at("tools/slipway/services/b"),
    ...at("tools/slipway/c"),
    ...other,
  })
  const { opened, adoptions } = await adoptIn(root)
  expect(adoptions.map(({ folder }) => folder)).toEqual(["apps/a"])
  expect(await existingServices(opened)).toEqual([])
})

test("a service.yaml for Kubernetes is no manifest, and is never written over", async () => {
  const yaml = "apiVersion: v1\nkind: Service\n"
  const root = repository({
    "apps/a/package.json": '{ "name": "x", "scripts": { "start": "node x.js" } }',
    "apps/a/x.js": "",
    "apps/a/service.yaml": yaml,
    "charts/templates/service.yaml": `{{- if .Values.service }}\n${yaml}{{- end }}\n`,
  })
  const { opened, adoptions } = await adoptIn(root)
  expect(adoptions).toEqual([])
  expect((await existingServices(opened)).map(({ isAside }) => isAside)).toEqual([true, true])
  const { others } = await searchServices(opened, "apps/a", [])
  expect(others.map(({ what }) => what)).toEqual([
    "a service beside a service.yaml for Kubernetes: rename that, then adopt",
  ])
})

describe("the services of this repository, without their manifests", () => {
  const names = readdirSync(join(project, "services"))

  function withoutManifests(): string {
    const root = temporaryFolder()
    const filter = (path: string) => !/^(node_modules|dist|target|\.venv|service\.yaml)$/.test(basename(path))
    for (const folder of ["services", "libs"])
      cpSync(join(project, folder), join(root, folder), { recursive: true, filter })
    return root
  }

  test("are all found and can be built as they are; libraries are none", async () => {
    const { opened, adoptions } = await adoptIn(withoutManifests())
    expect(adoptions.map(({ folder }) => folder)).toEqual(names.map((name) => `services/${name}`))
    for (const adoption of adoptions) expect(await problemsOf(opened, adoption), adoption.file).toEqual([])
  })

  test("have the port, the check and the program that people wrote down", async () => {
    const { adoptions } = await adoptIn(withoutManifests())
    const { services } = await loadFleet(project)
    const written = new Map(services.map((service) => [service.folder, service]))
    for (const { folder, proposal } of adoptions) {
      const own = written.get(folder)
      expect(proposal.settings.port, folder).toBe(own?.port)
      expect(proposal.settings, folder).not.toHaveProperty("entrypoint")
      // The server of a page answers /health, and a person chose the page itself.
      if (proposal.language !== "static")
        expect(proposal.settings.health, folder).toEqual({ http: "/health" })
    }
  })
})

describe("a Dockerfile is taken where the language's recipe cannot build the folder as it is", () => {
  const files = {
    "api/package.json": '{"main":"main.js","dependencies":{"express":"5"}}',
    "api/main.js": "",
    "api/Dockerfile": "FROM node:24\nCOPY . .\nEXPOSE 5000\n",
  }

  test("and the manifest says what would change that", async () => {
    const { adoptions } = await adoptIn(repository(files))
    expect(adoptions.map(({ text }) => text)).toEqual([
      `language: docker
port: 5000 # EXPOSE in Dockerfile

# How to see that it works; without it, an open port is enough.
# health:
#   http: /health

# It would be language: node, but for this:
#   api/package-lock.json: the file is missing. Run npm install in api and commit it.
`,
    ])
  })

  test("but not where it can", async () => {
    const lock = {
      lockfileVersion: 3,
      packages: {
        "": { dependencies: { express: "5" } },
        "node_modules/express": { version: "5.1.0", integrity: "sha512-AA==" },
      },
    }
    const locked = { ...files, "api/package-lock.json": JSON.stringify(lock) }
    const { adoptions } = await adoptIn(repository(locked))
    expect(adoptions.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^language: node # or docker for its Dockerfile\nport: 5000 /),
    ])
  })

  test("nor without a Dockerfile: what is missing is told instead", async () => {
    const root = repository(files)
    rmSync(join(root, "api/Dockerfile"))
    const { opened, adoptions } = await adoptIn(root)
    const [only] = adoptions
    expect(only?.proposal.language).toBe("node")
    expect(only && (await problemsOf(opened, only))).toMatchObject([{ file: "api/package-lock.json" }])
  })
})

test("what .gitignore names is not looked at", async () => {
  const root = repository({
    ".gitignore": "/generated\n",
    "generated/go.mod": "module x\n",
    "generated/main.go": "package main\n",
    "api/go.mod": "module x\n\ngo 1.26\n",
    "api/main.go": "package main\n",
  })
  expect((await adoptIn(root)).adoptions.map(({ folder }) => folder)).toEqual(["api"])
})

test("a folder that is named is looked at, whatever it is called", async () => {
  const root = repository({
    "examples/x/go.mod": "module x\n\ngo 1.26\n",
    "examples/x/main.go": "package main\n",
  })
  expect((await adoptIn(root)).adoptions).toEqual([])
  expect((await adoptIn(root, "examples")).adoptions.map(({ folder }) => folder)).toEqual(["examples/x"])
})
