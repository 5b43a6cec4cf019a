import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { writeFiles } from "../helpers/folders.js"
import { repository } from "../unit/helpers/repository.js"
import { slipway } from "./helpers/cli.js"

const locked = {
  lockfileVersion: 3,
  packages: {
    "": { dependencies: { express: "^5.0.0" } },
    "node_modules/express": { version: "5.1.0", integrity: "sha512-AA==" },
  },
}

/** A repository of five services in several languages, and what lies around them. */
const mixed = {
  ".gitignore": "generated/\n",
  "src/cart/go.mod": "module example.com/cart\n\ngo 1.26\n",
  "src/cart/main.go":
    'package main\n\nfunc main() {\n\thttp.HandleFunc("/healthz", ok)\n\thttp.ListenAndServe(":7070", nil)\n}\n',
  "src/web/package.json": JSON.stringify({ dependencies: { express: "^5.0.0" } }),
  "src/web/package-lock.json": JSON.stringify(locked),
  "src/web/index.js": 'app.get("/health", ok)\napp.listen(process.env.PORT || 3000)\n',
  "src/ads/build.gradle": "plugins { id 'application' }\n",
  "src/ads/Dockerfile": "FROM eclipse-temurin:21\nCOPY . .\nEXPOSE 9555\n",
  "src/mail/package.json": JSON.stringify({ main: "main.js", dependencies: { express: "^5.0.0" } }),
  "src/mail/main.js": "",
  "src/mail/Dockerfile": "FROM node:24\nCOPY . .\nEXPOSE 5000\n",
  "src/page/index.html": "<h1>Hello</h1>\n",
  "src/shared/go.mod": "module example.com/shared\n",
  "src/shared/shared.go": "package shared\n",
  "generated/app/Dockerfile": "FROM debian\n",
  "test/fixtures/app/Dockerfile": "FROM debian\n",
}

const cart = `language: go
port: 7070 # main.go, line 5
health:
  http: /healthz # main.go, line 4
`

function read(root: string, file: string): string {
  return readFileSync(join(root, file), "utf8")
}

describe("init", () => {
  test("writes what Slipway needs to know, and shows it", async () => {
    const root = repository(mixed)
    const { exitCode, stdout, stderr } = await slipway(["init"], { cwd: root })
    expect(stderr).toBe(`service   language   port   left to say   known from
ads       docker     9555   –             src/ads/Dockerfile (Gradle)
cart      go         7070   –             src/cart/go.mod
mail      docker     5000   –             src/mail/Dockerfile
page      static     8080   –             src/page/index.html
web       node       3000   –             src/web/package.json

From their Dockerfiles, for what their service.yaml says:
  mail

No services:
  src/shared (Go without a main package)

Wrote slipway.yaml (services: src/*, !src/shared) and 5 service.yaml
Next: slipway lock, then slipway build`)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" })
    expect(read(root, "slipway.yaml")).toBe(`services:
  - src/*
  - "!src/shared"

# Where images are published; without it, the registry that Slipway keeps on this machine.
# registry: ghcr.io/acme/shop
`)
    expect(read(root, "src/cart/service.yaml")).toBe(cart)
    const { stdout: services } = await slipway(["services"], { cwd: root })
    expect(services.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "service",
      "ads",
      "cart",
      "mail",
      "page",
      "web",
    ])
  })

  test("changes nothing when it is run again, and names what came since", async () => {
    const root = repository(mixed)
    await slipway(["init", "-q"], { cwd: root })
    const before = read(root, "slipway.yaml")
    const again = await slipway(["init"], { cwd: join(root, "src") })
    expect(again.stderr).toBe(
      "slipway.yaml is there already, with 5 services. Nothing was changed.\nNext: slipway services",
    )
    writeFiles(root, { "src/new/Dockerfile": "FROM debian\n" })
    const third = await slipway(["init"], { cwd: root })
    expect(third.stderr).toBe(`slipway.yaml is there already, with 5 services. Nothing was changed.
These folders look like services, too:
  src/new (docker)
Next: slipway adopt src/new`)
    expect(read(root, "slipway.yaml")).toBe(before)
    expect([again.exitCode, third.exitCode]).toEqual([0, 0])
  })

  test("refuses a registry that slipway.yaml does not have, and takes the one that it has", async () => {
    const root = repository({ ...mixed, "slipway.yaml": "services: [src/cart]\n" })
    writeFiles(root, { "src/cart/service.yaml": cart })
    const init = ["init", "--registry", "ghcr.io/acme/shop"]
    const fix = "nothing was changed. Write  registry: ghcr.io/acme/shop  into it."
    expect(await slipway(init, { cwd: root })).toMatchObject({
      exitCode: 2,
      stderr: `slipway.yaml is there already and names no registry; ${fix}`,
    })
    writeFiles(root, { "slipway.yaml": "services: [src/cart]\nregistry: example.com/x\n" })
    expect((await slipway(init, { cwd: root })).stderr).toBe(
      `slipway.yaml is there already and names example.com/x; ${fix}`,
    )
    writeFiles(root, { "slipway.yaml": "services: [src/cart]\nregistry: ghcr.io/acme/shop\n" })
    expect((await slipway(init, { cwd: root })).exitCode).toBe(0)
  })

  test("names services that slipway.yaml does not list, and not those that it leaves out", async () => {
    const manifest = "language: go\n"
    const root = repository({
      ...mixed,
      "slipway.yaml": "services: [src/cart, '!old/*']\n",
      "src/cart/service.yaml": manifest,
      "src/web/service.yaml": manifest,
      "src/page/service.yml": manifest,
      "old/api/service.yaml": manifest,
      "deploy/service.yaml": "apiVersion: v1\nkind: Service\n",
      "examples/x/service.yaml": manifest,
    })
    const line =
      'src/page, src/web have a service.yaml, but slipway.yaml does not list them. Add them to its services, or "!src/page" to leave one out.'
    expect((await slipway(["init"], { cwd: root })).stderr).toContain(
      `slipway.yaml is there already, with 1 service. Nothing was changed.\n${line}\n`,
    )
    const services = await slipway(["services"], { cwd: root })
    expect({ exitCode: services.exitCode, stderr: services.stderr }).toEqual({ exitCode: 0, stderr: line })
    expect((await slipway(["services", "-q"], { cwd: root })).stderr).toBe("")
  })

  test("does not write a slipway.yaml beside one that is misnamed", async () => {
    const root = repository({ ...mixed, "slipway.yml": "{}\n" })
    expect(await slipway(["init"], { cwd: root })).toMatchObject({
      exitCode: 2,
      stderr:
        "1 problem in 1 file, nothing was changed.\nslipway.yml\n  is not read under this name. Rename it to slipway.yaml.",
    })
  })

  test("keeps the service.yaml files that are there, and takes the registry", async () => {
    const own = "# by hand\nlanguage: go\nport: 1234\n"
    const root = repository({ ...mixed, "src/cart/service.yaml": own })
    const { stderr } = await slipway(["init", "--registry", "ghcr.io/acme/shop"], { cwd: root })
    expect(stderr).toContain("Kept as they are:\n  src/cart/service.yaml\n")
    expect(stderr).toContain("Wrote slipway.yaml (services: src/*, !src/shared) and 4 service.yaml\n")
    expect(read(root, "src/cart/service.yaml")).toBe(own)
    expect(read(root, "slipway.yaml")).toBe(
      'services:\n  - src/*\n  - "!src/shared"\nregistry: ghcr.io/acme/shop\n',
    )
  })

  test("of one service in the root names it by its own files", async () => {
    const root = repository({
      "go.mod": "module example.com/hello\n\ngo 1.26\n",
      "main.go": "package main\n",
    })
    const { stderr } = await slipway(["init"], { cwd: root })
    expect(stderr).toContain("Wrote slipway.yaml (services: .) and 1 service.yaml\nNext: slipway build")
    expect(read(root, "service.yaml")).toMatch(/^name: hello\nlanguage: go\n/)
    expect((await slipway(["services"], { cwd: root })).stdout).toContain("hello")
  })

  test("tells what stands in the way of a build", async () => {
    const root = repository({
      "apps/api/package.json": '{"scripts":{"start":"node a.js"}}',
      "apps/api/a.js": "",
    })
    const { exitCode, stderr } = await slipway(["init"], { cwd: root })
    expect(stderr).toBe(`service   language   port   left to say   known from
api       node       –      port          apps/api/package.json

Wrote slipway.yaml (services: apps/api) and 1 service.yaml

1 problem in 1 file, to mend before a build.
apps/api/package-lock.json
  the file is missing. Run npm install in apps/api and commit it.

Then: slipway build`)
    expect(exitCode).toBe(0)
  })

  test("writes nothing with --dry-run", async () => {
    const root = repository(mixed)
    const { exitCode, stdout, stderr } = await slipway(["init", "--dry-run"], { cwd: root })
    expect(stdout).toContain(`# src/cart/service.yaml\n${cart}`)
    expect(stderr).toContain("\nWould write slipway.yaml (services: src/*, !src/shared) and 5 service.yaml\n")
    expect(existsSync(join(root, "slipway.yaml"))).toBe(false)
    expect(existsSync(join(root, "src/cart/service.yaml"))).toBe(false)
    expect(exitCode).toBe(0)
  })

  test("tells scripts the same as JSON", async () => {
    const root = repository(mixed)
    const { stdout, stderr } = await slipway(["init", "--json"], { cwd: root })
    const result = JSON.parse(stdout) as { services: { name: string }[] }
    expect(result.services.map(({ name }) => name)).toEqual(["ads", "cart", "mail", "page", "web"])
    expect(result).toMatchObject({
      services: [{ language: "docker", port: 9555 }, { manifest: cart, left: [] }, {}, {}, {}],
      problems: [],
      next: ["slipway lock", "slipway build"],
    })
    expect(stderr).toBe("")
  })

  test("refuses a repository without services, and a registry that is none", async () => {
    const root = repository({ "README.md": "", "old/build.gradle": "application\n" })
    const { exitCode, stderr } = await slipway(["init"], { cwd: root })
    expect(stderr).toBe(
      `No service was found in ${root}, nothing was written. A service has a package.json, go.mod, pyproject.toml, requirements.txt, Cargo.toml, pom.xml, index.html or Dockerfile, and something to start.
old: there is no recipe for Gradle. Add a Dockerfile there, and run slipway adopt old.`,
    )
    expect(exitCode).toBe(2)
    const registry = await slipway(["init", "--registry", "https://x"], { cwd: repository(mixed) })
    expect(registry).toMatchObject({
      exitCode: 2,
      stderr: "--registry https://x: is no registry. Write x.",
    })
  })
})
