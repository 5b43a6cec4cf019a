import { describe, expect, test } from "vitest"
import type { Lock } from "../../../../../ci/core/lock/lock.js"
import type { Recipe } from "../../../../../ci/core/recipe/recipe.js"
import type { Step } from "../../../../../ci/core/recipe/steps.js"
import { fromHeld } from "../../../../../ci/core/recipe/docker/held-lines.js"
import { keyedStages } from "../../../../../ci/core/recipe/stage-keys.js"
import type { Target } from "../../../../../ci/io/load-target.js"
import { loadAll, loadOne } from "../../../helpers/load.js"
import { renderRecipe } from "../../../helpers/render-recipe.js"
import { repository } from "../../../helpers/repository.js"
import { testLock } from "../../../helpers/test-lock.js"

const digest = `sha256:${"d".repeat(64)}`
const sum = "e".repeat(64)
const url = "https://example.com/tool.tar.gz"
const baseLock: Lock = {
  ...testLock,
  images: Object.fromEntries(
    ["debian:trixie-slim", "golang:1.26", "docker.io/tools/lint"].map((name) => [
      name,
      { "linux/amd64": digest },
    ]),
  ) as Lock["images"],
  urls: { [url]: sum },
}

const files = {
  "services/hello/service.yaml": "language: docker\nport: 8080\n",
  "services/hello/Dockerfile": `# syntax=docker/dockerfile:1
ARG GO=1.25
FROM --platform=$BUILDPLATFORM golang:\${GO} AS build
COPY src /src
RUN --mount=from=docker.io/tools/lint,source=/lint,target=/lint go build -o /out/x /src
ADD ${url} /tools/

FROM debian:trixie-slim
COPY --from=build /out /srv
CMD ["/srv/x"]

FROM nobody/knows AS unused
`,
  "services/hello/src/main.go": "package main\n",
  "services/hello/README.md": "about\n",
}
const manifest = `language: docker\nport: 8080\nargs: { GO: "1.26", OTHER: x }\n`

function load(more: Readonly<Record<string, string>> = {}): Promise<Target> {
  const all = {
    ...files,
    "services/hello/service.yaml": `${manifest}docker: { targets: { production: "1" } }\n`,
    ...more,
  }
  return loadOne(repository(all), { baseLock })
}

function builtText({ recipe }: Target): string {
  return builds(recipe).at(-1)?.text ?? ""
}

function builds({ stages }: Recipe): readonly DockerBuild[] {
  return stages.flatMap(({ steps }) => steps).filter((step): step is DockerBuild => step.do === "dockerBuild")
}

type DockerBuild = Extract<Step, { do: "dockerBuild" }>

async function problemsOf(more: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { problems } = await loadAll(
    repository({ ...files, "services/hello/service.yaml": manifest, ...more }),
    { baseLock },
  )
  return problems.map(({ file, line, message }) => `${file}:${line ?? ""} ${message}`)
}

describe("what is built", () => {
  test("one stage by the engine's frontend, one layer, the Dockerfile's config", async () => {
    const target = await load()
    expect(renderRecipe(target.recipe)).toMatchInlineSnapshot(`
      "tools:
        from scratch
        closure workshop
        PATH=/usr/bin
      builder:
        docker build services/hello/Dockerfile in services/hello to 1
      layer rootfs:
        from stage tools
        mount builder:/ at /content
        run pack
      layers: rootfs (builder:/)
      run: 
        PORT=8080
        SLIPWAY_ENVIRONMENT=production"
    `)
    expect(target.recipe.inherits).toBe("builder")
  })

  test("everything from outside is pinned in the text, line by line", async () => {
    expect(builtText(await load())).toMatchInlineSnapshot(`
      "# syntax: the engine's own
      ARG GO=1.25
      FROM --platform=$BUILDPLATFORM golang:1.26@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd AS build
      COPY src /src
      RUN --mount=from=docker.io/tools/lint@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd,source=/lint,target=/lint go build -o /out/x /src
      ADD --checksum=sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee https://example.com/tool.tar.gz /tools/

      FROM debian:trixie-slim@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
      COPY --from=build /out /srv
      CMD ["/srv/x"]

      FROM nobody/knows AS unused
      "
    `)
  })

  test("arguments that the Dockerfile does not declare are no part of it", async () => {
    const other = {
      "services/hello/service.yaml": `${manifest.replace("OTHER: x", "OTHER: y")}docker: { targets: { production: "1" } }\n`,
    }
    expect((await load(other)).key).toBe((await load()).key)
  })
})

describe("what runs before the first source", () => {
  const dockerfile = `ARG DEBIAN=trixie-slim
FROM debian:\${DEBIAN} AS base
RUN apt-get install tool
FROM base AS build
ARG MODE=fast
COPY pack*.json .npmrc ./
COPY patches patches
RUN --mount=type=cache,target=/root/.npm \\
    npm ci
ARG LATER
WORKDIR /src
COPY src .
RUN npm run build \${LATER}
FROM debian:\${DEBIAN}
COPY --from=build /src /app
RUN chmod +x /app
`
  const inputs = {
    "services/hello/Dockerfile": dockerfile,
    "services/hello/service.yaml": "language: docker\nargs: { LATER: x }\n",
    "services/hello/package.json": "{}",
    "services/hello/package-lock.json": "{}",
    "services/hello/.npmrc": "",
    "services/hello/patches/a.patch": "a",
    "services/hello/src/main.js": "1",
  }
  const loadPackage = (more: Readonly<Record<string, string>> = {}) =>
    loadOne(repository({ ...inputs, ...more }), { baseLock })
  const keysOf = ({ recipe, inputs: listing }: Target) =>
    [...keyedStages(recipe, listing)].flatMap(([name, { key }]) =>
      name.startsWith("builder") ? [`${name}: ${key ?? "none"}`] : [],
    )

  test("is a stage with a key: manifests and folders of package managers belong to it, other folders do not", async () => {
    const { recipe } = await loadPackage()
    expect(renderRecipe(recipe)).toMatchInlineSnapshot(`
      "tools:
        from scratch
        closure workshop
        PATH=/usr/bin
      builder before sources, line 2:
        docker build services/hello/Dockerfile in services/hello
      builder before sources, line 4:
        docker build services/hello/Dockerfile in services/hello
      builder:
        docker build services/hello/Dockerfile in services/hello
      layer rootfs:
        from stage tools
        mount builder:/ at /content
        run pack
      layers: rootfs (builder:/)
      run: 
        SLIPWAY_ENVIRONMENT=production"
    `)
    expect(builds(recipe).map(({ files: named, args }) => ({ named, args }))).toMatchInlineSnapshot(`
      [
        {
          "args": {},
          "named": [],
        },
        {
          "args": {},
          "named": [
            "services/hello/.npmrc",
            "services/hello/package-lock.json",
            "services/hello/package.json",
            "services/hello/patches/a.patch",
          ],
        },
        {
          "args": {
            "LATER": "x",
          },
          "named": undefined,
        },
      ]
    `)
  })

  test("keeps its key when a source is edited or an argument of later lines changes", async () => {
    const before = keysOf(await loadPackage()).slice(0, 2)
    const changed = {
      "services/hello/src/main.js": "2",
      "services/hello/service.yaml": "language: docker\nargs: { LATER: y }\n",
    }
    const after = keysOf(await loadPackage(changed))
    expect(after.slice(0, 2)).toEqual(before)
    expect(after[2]).toBe("builder: none")
    expect(keysOf(await loadPackage({ "services/hello/patches/a.patch": "b" }))[1]).not.toBe(before[1])
  })

  test("is replaced by its image, and every later line stays where it was", async () => {
    const { recipe } = await loadPackage()
    const last = builds(recipe).at(-1)
    const images = new Map((last?.held ?? []).map(({ stage }, index) => [stage, `registry/stages:${index}`]))
    expect(fromHeld(last?.text ?? "", last?.held ?? [], images)).toMatchInlineSnapshot(`
      "ARG DEBIAN=trixie-slim
      FROM registry/stages:0 AS base

      FROM registry/stages:1 AS build
      ARG MODE=fast




      ARG LATER
      WORKDIR /src
      COPY src .
      RUN npm run build \${LATER}
      FROM debian:trixie-slim@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
      COPY --from=build /src /app
      RUN chmod +x /app
      "
    `)
  })
})

describe("inputs", () => {
  test("only what COPY and ADD name is one", async () => {
    expect((await load()).inputs.map(({ path }) => path)).toEqual(["services/hello/src/main.go"])
  })

  test("a file that no line names leaves the key as it is", async () => {
    expect((await load({ "services/hello/README.md": "other\n" })).key).toBe((await load()).key)
  })

  test("a context above the folder is narrowed by the file beside the Dockerfile, else by its own", async () => {
    const above = {
      "services/hello/service.yaml": "language: docker\ndocker: { context: ../.. }\n",
      "services/hello/Dockerfile": "FROM scratch\nCOPY . /\n",
      "libs/a.txt": "a",
      "libs/a.md": "a",
      "services/hello/Dockerfile.dockerignore": "services\n**/*.md\n**/*lock\n",
      ".dockerignore": "*",
    }
    expect((await load(above)).inputs.map(({ path }) => path)).toEqual([".dockerignore", "libs/a.txt"])
  })

  test("a wildcard may match nothing", async () => {
    const optional = {
      "services/hello/Dockerfile": "FROM scratch AS a\nFROM a\nCOPY README.md yarn.lock* /\nCMD /x\n",
    }
    expect((await load(optional)).inputs.map(({ path }) => path)).toEqual(["services/hello/README.md"])
  })

  test("wildcards stay within a name", async () => {
    const wild = {
      "services/hello/Dockerfile": "FROM scratch AS a\nFROM a\nCOPY *.md s*/ma?n.go /\nCMD /x\n",
    }
    expect((await load(wild)).inputs.map(({ path }) => path)).toEqual([
      "services/hello/README.md",
      "services/hello/src/main.go",
    ])
  })
})

describe("told before the build", () => {
  test.each([
    [
      "an image that is not locked",
      "FROM alpine:3\n",
      ["Dockerfile:1 alpine:3 for linux/amd64 is not in slipway.lock. Run ./slipway lock."],
    ],
    [
      "a base without a value",
      "ARG X\nFROM $X\n",
      [
        "Dockerfile:2 $X has a variable without a value. Give it a default, or name it in the service's args.",
      ],
    ],
    [
      "a file that is not there",
      "FROM scratch\nCOPY src/other.go /\nCMD /x\n",
      [
        "Dockerfile:2 COPY src/other.go: there is no services/hello/src/other.go. Correct the path, or set docker.context.",
      ],
    ],
    [
      "a stage that is misspelt",
      "FROM debian:trixie-slim AS build\nFROM debian:trixie-slim\nCOPY --from=biuld /x /\n",
      [
        "Dockerfile:3 biuld for linux/amd64 is not in slipway.lock, nor is it a stage. Run ./slipway lock. Did you mean build?",
      ],
    ],
    [
      "another frontend",
      "# syntax=example.com/other\nFROM scratch\nCMD /x\n",
      [
        "Dockerfile:1 # syntax=example.com/other is not Docker's own, docker/dockerfile:1. Leave the line out.",
      ],
    ],
    [
      "a moving commit",
      "FROM scratch\nADD https://example.com/x.git#main /\nCMD /x\n",
      [
        "Dockerfile:2 ADD https://example.com/x.git#main may be another commit tomorrow. Name one by its 40 digits, as in …git#<commit>.",
      ],
    ],
    ["nothing", "# empty\n", ["Dockerfile: has no FROM. Begin with one."]],
  ])("%s", async (_what, text, expected) => {
    expect(await problemsOf({ "services/hello/Dockerfile": text })).toEqual(
      expected.map((each) => `services/hello/${each}`),
    )
  })

  test("a source that is left out", async () => {
    const found = await problemsOf({
      "services/hello/Dockerfile": "FROM scratch\nCOPY src /\nCMD /x\n",
      "services/hello/.dockerignore": "**/*.go\n",
    })
    expect(found).toEqual([
      'services/hello/Dockerfile:2 COPY src: services/hello/src/main.go is left out by "**/*.go" in services/hello/.dockerignore.',
    ])
  })

  test("a target that is none, and a setting of other languages", async () => {
    expect(
      await problemsOf({ "services/hello/service.yaml": `${manifest}docker: { target: bild }\n` }),
    ).toEqual(["services/hello/Dockerfile: has no stage bild. Did you mean build? It has: build, unused."])
    expect(await problemsOf({ "services/hello/service.yaml": `${manifest}packages: [curl]\n` })).toEqual([
      "services/hello/service.yaml:4 is no setting of a docker service: its Dockerfile says that. Leave it out.",
    ])
  })
})
