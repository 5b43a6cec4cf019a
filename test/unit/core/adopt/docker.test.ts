import { describe, expect, test } from "vitest"
import { find, findOne, manifestOf } from "../../helpers/adopt.js"

test("a Dockerfile tells port and health, and that of a base stage holds, too", () => {
  const text = manifestOf({
    "proxy/Dockerfile": `FROM nginx AS base
EXPOSE 8080
FROM base
COPY nginx.conf /etc/nginx/
HEALTHCHECK CMD curl -f http://localhost:8080/up || exit 1
`,
    "proxy/nginx.conf": "",
  })
  expect(text).toBe(`language: docker
port: 8080 # EXPOSE in Dockerfile
health:
  http: /up # HEALTHCHECK in Dockerfile
`)
})

test("two exposed ports leave the choice to a person", () => {
  expect(manifestOf({ "x/Dockerfile": "FROM nginx\nEXPOSE 80 443\n" })).toContain("\n# port: 8080\n")
})

test("the context is the folder that holds what is copied", () => {
  const text = manifestOf({
    "services/mail/Dockerfile": "FROM debian\nCOPY libs/log /log\nCOPY services/mail /mail\n",
    "services/mail/run.sh": "",
    "libs/log/log.sh": "",
  })
  expect(text).toContain("docker:\n  context: ../.. # where all that it copies is found\n")
})

test("a Dockerfile of another name is named", () => {
  expect(manifestOf({ "x/Dockerfile.prod": "FROM nginx\n", "x/Dockerfile.dev": "FROM nginx\n" })).toContain(
    "docker:\n  file: Dockerfile.prod\n",
  )
})

test("a language with a recipe comes first, and the Dockerfile is named beside it", () => {
  const { options } = findOne({
    "api/go.mod": "module api\n",
    "api/main.go": "package main\n",
    "api/Dockerfile": "FROM golang\nEXPOSE 7000\n",
  })
  expect(options.map(({ language }) => language)).toEqual(["go", "docker"])
  expect(options[0]).toMatchObject({
    settings: { port: 7000 },
    origins: { language: "or docker for its Dockerfile" },
  })
})

test("Dockerfiles for tools, and inside of services, are no services", () => {
  const { services } = find({
    "docker/Dockerfile": "FROM debian\n",
    "api/go.mod": "module api\n",
    "api/main.go": "package main\n",
    "api/db/Dockerfile": "FROM postgres\n",
    ".devcontainer/Dockerfile": "FROM debian\n",
  })
  expect(services.map(({ folder }) => folder)).toEqual(["api"])
})

test("a Dockerfile around other services is none itself", () => {
  const { services, others } = find({
    Dockerfile: "FROM debian\nCOPY . .\n",
    "a/Dockerfile": "FROM nginx\n",
    "b/Dockerfile": "FROM nginx\n",
  })
  expect(services.map(({ folder }) => folder)).toEqual(["a", "b"])
  expect(others).toEqual([{ folder: ".", kind: "library", what: "a Dockerfile around other services" }])
})

describe("languages without a recipe", () => {
  const foreign: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["Gradle", { "x/build.gradle.kts": "plugins { application }" }],
    [".NET", { "x/shop.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"/>', "x/Program.cs": "" }],
    [
      "PHP",
      {
        "x/composer.json": '{"require":{"laravel/framework":"11"}}',
        "x/package.json": '{"scripts":{"build":"vite build"},"devDependencies":{"vite":"7"}}',
      },
    ],
    ["Ruby", { "x/config.ru": "" }],
  ]

  test.each(foreign)("%s is told, and built with its Dockerfile", (what, files) => {
    expect(find(files)).toMatchObject({ services: [], others: [{ folder: "x", kind: "foreign", what }] })
    const { proposal } = findOne({ ...files, "x/Dockerfile": "FROM debian\n" })
    expect(proposal).toMatchObject({ language: "docker", from: `Dockerfile (${what})` })
  })
})
