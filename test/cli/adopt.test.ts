import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { repository } from "../unit/helpers/repository.js"
import { slipway } from "./helpers/cli.js"

const go = (folder: string) => ({
  [`${folder}/go.mod`]: "module example.com/it\n\ngo 1.26\n",
  [`${folder}/main.go`]: 'package main\n\nfunc main() { http.ListenAndServe(":9000", nil) }\n',
})

const shop = {
  "slipway.yaml": "services: [services/*]\n",
  ...go("services/cart"),
  ...go("services/mail"),
  ...go("tools/report"),
  "services/log/go.mod": "module example.com/log\n",
  "services/log/log.go": "package log\n",
}

const manifest = `language: go
port: 9000 # main.go, line 3

# How to see that it works; without it, an open port is enough.
# health:
#   http: /health
`

describe("adopt PATH", () => {
  test("writes one manifest and shows it", async () => {
    const root = repository(shop)
    const { exitCode, stdout, stderr } = await slipway(["adopt", "cart"], { cwd: join(root, "services") })
    expect(stderr).toBe(`services/cart/service.yaml is written:

  language: go
  port: 9000 # main.go, line 3

  # How to see that it works; without it, an open port is enough.
  # health:
  #   http: /health

Next: slipway build`)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" })
    expect(readFileSync(join(root, "services/cart/service.yaml"), "utf8")).toBe(manifest)
    expect((await slipway(["config", "cart"], { cwd: root })).stdout).toContain("port: 9000\n")
  })

  test("takes several, and says what slipway.yaml does not look for", async () => {
    const root = repository(shop)
    const { stderr } = await slipway(["adopt", "services/cart", "tools/report/main.go", "-C", root])
    expect(stderr).toBe(`service   language   port   left to say   known from
cart      go         9000   –             services/cart/go.mod
report    go         9000   –             tools/report/go.mod

slipway.yaml does not look for all of them. Add to its services:
  - tools/report

Next: ./slipway -C ${root} build`)
  })

  test("points to init where there is no slipway.yaml", async () => {
    const { stderr } = await slipway(["adopt", "apps/x"], { cwd: repository(go("apps/x")) })
    expect(stderr).toMatch(/\nNext: slipway init, then slipway build$/)
  })

  test("never writes over a manifest, unless it is forced to", async () => {
    const root = repository({ ...shop, "services/cart/service.yaml": "language: go\n" })
    const refused = await slipway(["adopt", "services/mail", "services/cart"], { cwd: root })
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: "services/cart/service.yaml is there already, nothing was written. --force writes it anew.",
    })
    expect(existsSync(join(root, "services/mail/service.yaml"))).toBe(false)
    expect((await slipway(["adopt", "services/cart", "--force"], { cwd: root })).exitCode).toBe(0)
    expect(readFileSync(join(root, "services/cart/service.yaml"), "utf8")).toBe(manifest)
  })

  test("writes nothing with --dry-run, and prints the manifest", async () => {
    const root = repository(shop)
    const { stdout, stderr } = await slipway(["adopt", "services/cart", "--dry-run"], { cwd: root })
    expect(`${stdout}\n`).toBe(`# services/cart/service.yaml\n${manifest}`)
    expect(stderr).toContain("\nNothing was written.\n")
    expect(existsSync(join(root, "services/cart/service.yaml"))).toBe(false)
  })

  test.each([
    ["services/gone", "services/gone: there is no such folder."],
    [
      "services/log",
      "services/log: no service was found, it is Go without a main package. A service has a package.json, go.mod, pyproject.toml, requirements.txt, Cargo.toml, pom.xml, index.html or Dockerfile, and something to start.",
    ],
    ["php", "php: there is no recipe for PHP. Add a Dockerfile there, and run slipway adopt php."],
  ])("refuses %s", async (path, message) => {
    const root = repository({ ...shop, "php/composer.json": '{"type": "project"}' })
    expect(await slipway(["adopt", path], { cwd: root })).toMatchObject({
      exitCode: 2,
      stderr: message,
      stdout: "",
    })
  })

  test("refuses a folder outside of the repository", async () => {
    const root = repository(shop)
    const { exitCode, stderr } = await slipway(["adopt", ".."], { cwd: root })
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `..: lies outside of the repository ${root}.`,
    })
  })
})

describe("adopt without a PATH", () => {
  test("adopts all that is new below the working folder", async () => {
    const root = repository({ ...shop, "services/cart/service.yaml": "language: go\n" })
    const { stderr } = await slipway(["adopt"], { cwd: join(root, "services") })
    expect(stderr).toContain("services/mail/service.yaml is written:")
    expect(existsSync(join(root, "tools/report/service.yaml"))).toBe(false)
    expect(readFileSync(join(root, "services/cart/service.yaml"), "utf8")).toBe("language: go\n")
    const again = await slipway(["adopt"], { cwd: join(root, "services") })
    expect(again).toMatchObject({
      exitCode: 0,
      stderr: "No folder in services looks like a new service. 2 of its folders have a service.yaml already.",
    })
  })
})

describe("what is there already", () => {
  test("and slipway.yaml does not list is told, with what to do", async () => {
    const root = repository({ ...shop, "tools/report/service.yaml": "language: go\n" })
    const line =
      'tools/report has a service.yaml, but slipway.yaml does not list it. Add it to its services, or "!tools/report" to leave it out.'
    expect((await slipway(["adopt", "services/cart"], { cwd: root })).stderr).toContain(`\n${line}\n`)
    expect((await slipway(["adopt"], { cwd: join(root, "tools") })).stderr).toBe(
      `No folder in tools looks like a new service. 1 of its folders has a service.yaml already.\n${line}`,
    )
  })

  test("under another name is not written a second time", async () => {
    const root = repository({ ...shop, "services/cart/service.yml": "language: go\n" })
    for (const force of [[], ["--force"]])
      expect(await slipway(["adopt", "services/cart", ...force], { cwd: root })).toMatchObject({
        exitCode: 2,
        stderr: "services/cart/service.yml is not read under this name. Rename it to service.yaml.",
      })
  })
})

test("a package.json that cannot be read is told, and what to do after that", async () => {
  const root = repository({ ...shop, "services/web/package.json": '{ "main": "a.js", }' })
  const told = "services/web/package.json\n  the file is no JSON. Run npm install to see what is wrong."
  expect(await slipway(["adopt", "services/web"], { cwd: root })).toMatchObject({
    exitCode: 2,
    stderr: `1 problem in 1 file, nothing was written.\n${told}`,
  })
  const all = await slipway(["adopt"], { cwd: root })
  expect(all).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`before a build.\n${told}\n`) })
  expect(all.stderr).toContain("\nThen: slipway adopt services/web, then slipway build")
  expect((await slipway(["init"], { cwd: root })).stderr).toContain(`before it is adopted.\n${told}\n`)
})

test.each(["/", "home"])("%s as a whole is not searched", async (place) => {
  const home = repository({})
  const cwd = place === "home" ? home : place
  for (const command of ["init", "adopt"])
    expect(await slipway([command], { cwd, env: { HOME: home } })).toMatchObject({
      exitCode: 2,
      stderr: `${cwd} is no git repository, and too much lies in it to be searched. Run this in a repository, or name one with -C.`,
    })
})

test("services of one name get names that differ", async () => {
  const root = repository({ ...shop, ...go("apps/cart"), "services/cart/service.yaml": "language: go\n" })
  await slipway(["adopt", "apps/cart"], { cwd: root })
  expect(readFileSync(join(root, "apps/cart/service.yaml"), "utf8")).toMatch(
    /^name: apps-cart\nlanguage: go\n/,
  )
})
