import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "yaml"
import { describe, expect, test } from "vitest"
import { z } from "zod"
import { checkout, slipway } from "./helpers/cli.js"
import { twoServices } from "./helpers/two-services.js"

/** What scripts may rely on in `config --json`. */
const resolved = z.object({
  name: z.string(),
  folder: z.string(),
  language: z.string(),
  version: z.string(),
  uses: z.array(z.string()),
  health: z
    .object({ kind: z.enum(["http", "grpc", "tcp", "command"]), timeoutSeconds: z.number() })
    .optional(),
})

test("services of this repository have a complete configuration each, the same as YAML and as JSON", async () => {
  const names = JSON.parse((await slipway(["services", "--json"])).stdout) as { name: string }[]
  expect(names.length).toBeGreaterThan(1)
  for (const { name } of names) {
    const json = await slipway(["config", name, "--json"])
    const config = resolved.parse(JSON.parse(json.stdout))
    expect(config.name).toBe(name)
    expect(config.folder).toBe(`services/${name}`)
    expect(json.stderr).toBe("")
    expect(parse((await slipway(["config", name])).stdout)).toEqual(JSON.parse(json.stdout))
  }
})

describe("services", () => {
  test("align in a table", async () => {
    const { stdout } = await slipway(["services"], { cwd: twoServices() })
    expect(stdout).toBe(
      [
        "service   language   version   folder",
        "hello     go         1.26.8    services/hello",
        "other     go         1.26.8    services/other",
      ].join("\n"),
    )
  })

  test("that lie elsewhere are told where there is no slipway.yaml", async () => {
    const root = twoServices({ "apps/lost/service.yaml": "language: go\n" })
    rmSync(join(root, "slipway.yaml"))
    const { exitCode, stderr } = await slipway(["services"], { cwd: root })
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: "apps/lost has a service.yaml, but no slipway.yaml lists it. Run slipway init.",
    })
  })

  test("are found from a folder below", async () => {
    const { stdout } = await slipway(["services"], { cwd: join(twoServices(), "services/hello") })
    expect(stdout).toContain("services/other")
  })

  test("are those of -C, wherever the command is run", async () => {
    const { stdout } = await slipway(["services", "-C", twoServices()], { cwd: checkout })
    expect(
      stdout
        .split("\n")
        .slice(1)
        .map((line) => line.split(" ")[0]),
    ).toEqual(["hello", "other"])
  })

  test("of a -C that is relative are found, too", async () => {
    const root = twoServices()
    const { stdout } = await slipway(["services", "-C", "../other/../.."], {
      cwd: join(root, "services/hello"),
    })
    expect(stdout).toContain("services/hello")
  })

  test("of the nearest slipway.yaml count, not those of one above it", async () => {
    const root = twoServices()
    const inner = join(root, "services/hello/inner")
    mkdirSync(join(inner, "services/deep"), { recursive: true })
    writeFileSync(join(inner, "slipway.yaml"), "{}\n")
    writeFileSync(join(inner, "services/deep/service.yaml"), "language: go\nport: 1\n")
    writeFileSync(join(inner, "services/deep/go.mod"), "module deep\n\ngo 1.26.8\n")
    writeFileSync(join(inner, "services/deep/main.go"), "package main\n\nfunc main() {}\n")
    const { stdout } = await slipway(["services"], { cwd: inner })
    expect(stdout.split("\n")).toHaveLength(2)
    expect(stdout).toContain("services/deep")
  })
})

describe("a service whose manifest is broken", () => {
  const root = () => twoServices({ "services/other/service.yaml": "language: gp\n" })
  const nowhere = ["--registry", "127.0.0.1:1"]
  const problem = `services/other/service.yaml
  line 1, language: "gp" is not one of go, node, python, rust, java, static, docker. Did you mean go?`

  test("does not stand in the way of another one that is named", async () => {
    const { stdout, stderr, exitCode } = await slipway(["config", "hello", "--json"], { cwd: root() })
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 })
    expect(JSON.parse(stdout)).toMatchObject({ name: "hello" })
    const built = await slipway(["build", "hello", ...nowhere], { cwd: root() })
    expect(built).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("127.0.0.1:1") })
  })

  test("is told after the list of the others, and what these need is pinned all the same", async () => {
    const listed = await slipway(["services"], { cwd: root() })
    expect(listed).toMatchObject({
      exitCode: 2,
      stdout: "service   language   version   folder\nhello     go         1.26.8    services/hello",
      stderr: `1 problem in 1 file, their services are not listed.\n${problem}`,
    })
    const checked = await slipway(["lock", "--check"], { cwd: root() })
    expect(checked).toMatchObject({
      exitCode: 2,
      stderr: `Everything that the services need from outside is pinned
1 problem in 1 file, their services were left out.\n${problem}`,
    })
  })

  test.each([
    ["config helo", "helo: no such service. Did you mean hello? This fleet has: hello, other."],
    ["config", "config needs the name of a service: hello, other."],
    ["build unknown", "unknown: no such service. This fleet has: hello, other."],
    ["up unknown", "unknown: no such service. This fleet has: hello, other."],
    [
      "build --env prod",
      "--env prod: is not one of development, testing, production. Did you mean production?",
    ],
    ["lock other", "lock takes names only with --update, but got: other"],
  ])("does not hide a slip: %s", async (line, message) => {
    const { stderr, exitCode } = await slipway(line.split(" "), { cwd: root() })
    expect({ stderr, exitCode }).toEqual({ stderr: message, exitCode: 2 })
  })

  test("keeps only those from starting that need it", async () => {
    const needing = "language: go\nport: 8080\nvariables: { OTHER: http://other:8080 }\n"
    const free = await slipway(["up", "hello", ...nowhere], { cwd: root() })
    expect(free).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("127.0.0.1:1") })
    const bound = twoServices({
      "services/hello/service.yaml": needing,
      "services/other/service.yaml": "language: gp\n",
    })
    expect(await slipway(["up", "hello", ...nowhere], { cwd: bound })).toMatchObject({
      exitCode: 2,
      stderr: `1 problem in 1 file, nothing was started.\n${problem}`,
    })
  })

  test("is known by the name that it gives itself", async () => {
    const cwd = twoServices({ "services/other/service.yaml": "name: mail\nlanguage: gp\n" })
    const { stderr } = await slipway(["config", "mail"], { cwd })
    expect(stderr).toContain("1 problem in 1 file, nothing is shown.\nservices/other/service.yaml\n")
  })

  test.each([[[]], [["other"]], [["hello", "other"]]])("is told when %j are to be built", async (names) => {
    const { stderr, exitCode } = await slipway(["build", ...names, ...nowhere], { cwd: root() })
    expect({ stderr, exitCode }).toEqual({
      stderr: `1 problem in 1 file, nothing was built.\n${problem}`,
      exitCode: 2,
    })
  })
})
