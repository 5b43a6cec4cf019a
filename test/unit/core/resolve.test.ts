import { expect, test } from "vitest"
import { loadAll, loadOne } from "../helpers/load.js"
import { goService, nodeService, repository } from "../helpers/repository.js"

test("a service is plain data with every default filled in", async () => {
  const { resolved } = await loadOne(repository(goService))
  expect(JSON.parse(JSON.stringify(resolved))).toEqual(resolved)
  expect(resolved).toMatchObject({
    name: "hello",
    folder: "services/hello",
    version: "1.26.8",
    entrypoint: ".",
    health: { kind: "tcp", port: 8080, timeoutSeconds: 30 },
    user: "65532:65532",
    stopSignal: "SIGTERM",
  })
})

test("variables: fleet, fleet's environment, service, service's environment; the last wins", async () => {
  const root = repository({
    ...goService,
    "slipway.yaml": `
defaults: { variables: { A: fleet, B: fleet, C: fleet, D: fleet } }
environments: { production: { variables: { B: fleet production, C: fleet production, D: fleet production } } }
`,
    "services/hello/service.yaml": `
language: go
variables: { C: service, D: service }
environments: { production: { variables: { D: service production } } }
`,
  })
  const { environments } = (await loadOne(root)).resolved
  expect(environments.production.variables).toEqual({
    A: "fleet",
    B: "fleet production",
    C: "service",
    D: "service production",
  })
  expect(environments.testing.variables).toEqual({ A: "fleet", B: "fleet", C: "service", D: "service" })
})

test("numbers and true/false become the text that was written", async () => {
  const variables = "{ PRICE: 1.20, MODE: 0644, LONG: 12345678901234567890, ON: true, NONE: '' }"
  const root = repository({
    ...goService,
    "services/hello/service.yaml": `language: go\nvariables: ${variables}\n`,
  })
  expect((await loadOne(root)).resolved.environments.production.variables).toEqual({
    PRICE: "1.20",
    MODE: "0644",
    LONG: "12345678901234567890",
    ON: "true",
    NONE: "",
  })
})

test("a worker without a port has no check, also when the fleet has one for servers", async () => {
  const root = repository({
    ...goService,
    "slipway.yaml": "defaults: { health: { http: /health } }\n",
    "services/hello/service.yaml": "language: go\n",
  })
  expect((await loadOne(root)).resolved.health).toBeUndefined()
})

test("a command takes the place of what the language runs, word by word", async () => {
  const root = repository({
    ...goService,
    "services/hello/service.yaml": "language: go\ncommand: [/app/hello, serve, --greeting, good day]\n",
  })
  const { recipe } = await loadOne(root)
  expect(recipe.config.config.Entrypoint).toEqual(["/app/hello", "serve", "--greeting", "good day"])
})

test("inputs: the folder without what is ignored and without the manifest, and what is used", async () => {
  const root = repository({
    ...goService,
    "services/hello/service.yaml":
      'language: go\nuses: [libs/money]\nignore: ["**/*_test.go", docs, "!docs/keep.md"]\n',
    "services/hello/main_test.go": "",
    "services/hello/docs/drop.md": "",
    "services/hello/docs/keep.md": "",
    "libs/money/money.go": "",
    "libs/other/other.go": "",
  })
  const { inputs } = await loadOne(root)
  expect(inputs.map(({ path }) => path)).toEqual([
    "libs/money/money.go",
    "services/hello/docs/keep.md",
    "services/hello/go.mod",
    "services/hello/main.go",
  ])
})

test("services are sorted by name, and one with a problem does not hide the others", async () => {
  const root = repository({
    ...nodeService,
    ...goService,
    "services/broken/service.yaml": "language: jave\n",
    "services/not-a-service/README.md": "",
  })
  const { targets, problems } = await loadAll(root)
  expect(targets.map(({ service }) => service)).toEqual(["hello", "web"])
  expect(problems.map(({ file }) => file)).toEqual(["services/broken/service.yaml"])
})
