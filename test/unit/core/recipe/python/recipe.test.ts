import { describe, expect, test } from "vitest"
import type { Recipe } from "../../../../../ci/core/recipe/recipe.js"
import { loadAll, loadOne } from "../../../helpers/load.js"
import { renderRecipe } from "../../../helpers/render-recipe.js"
import { pythonService, repository } from "../../../helpers/repository.js"

type Options = Parameters<typeof loadOne>[1]
type Files = Readonly<Record<string, string>>

async function recipeOf(files: Files = {}, options: Options = {}): Promise<Recipe> {
  return (await loadOne(repository({ ...pythonService, ...files }), options)).recipe
}

function entrypointOf({ config }: Recipe): readonly string[] {
  return config.config.Entrypoint
}

const manifest = "services/greeter/service.yaml"
const main = "services/greeter/main.py"

/** The service without one of its files. */
async function recipeWithout(path: string, files: Files): Promise<Recipe> {
  const rest = Object.fromEntries(Object.entries(pythonService).filter(([name]) => name !== path))
  return (await loadOne(repository({ ...rest, ...files }))).recipe
}

test("standard library, packages and service are layers of their own, and uv is in none", async () => {
  expect(renderRecipe(await recipeOf())).toMatchInlineSnapshot(`
    "tools:
      from scratch
      closure workshop
      PATH=/usr/bin
    runtime:
      from scratch
      closure python
    uv:
      from debian:trixie-slim
      install ca-certificates python3-pip
      run uv
    toolchain:
      from scratch
      closure python-build
      copy uv:/out to /usr/local/bin
      HOME=/root
      LC_ALL=C.UTF-8
      PATH=/usr/local/bin:/usr/bin:/bin
      PDM_BUILD_SCM_VERSION=0.0.0
      POETRY_DYNAMIC_VERSIONING_BYPASS=0.0.0
      PYTHONDONTWRITEBYTECODE=1
      PYTHONHASHSEED=0
      SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0
      SOURCE_DATE_EPOCH=315532800
      SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
      TZ=UTC
      UV_CACHE_DIR=/root/.cache/uv
      UV_LINK_MODE=copy
      UV_NO_CONFIG=1
      UV_NO_PROGRESS=1
      UV_PREVIEW_FEATURES=build-dependency-hashes
      UV_PYTHON=/usr/bin/python3.13
      UV_PYTHON_DOWNLOADS=never
    standard-library:
      from stage toolchain
      copy runtime:/usr/lib/python3.13 to /out/usr/lib/python3.13
      run compile standard library
    dependencies:
      from stage toolchain
      cache /root/.cache/uv
      write /requirements.txt
      run uv pip install
      run collect packages
    builder:
      from stage toolchain
      copy dependencies:/out to /
      cd /src/services/greeter
      copy all
      run collect service
      run compile service
    layer runtime:
      from stage tools
      mount runtime:/ at /content
      run pack
    layer python:
      from stage tools
      mount standard-library:/out at /content
      run pack
    layer dependencies:
      from stage tools
      mount dependencies:/out at /content
      run pack
    layer app:
      from stage tools
      mount builder:/out at /content
      run pack
    layers: runtime (runtime:/), python (standard-library:/out), dependencies (dependencies:/out), app (builder:/out)
    run: /usr/bin/python3.13 /app/main.py
      PATH=/usr/local/bin:/usr/bin:/bin
      PORT=8000
      PYTHONDONTWRITEBYTECODE=1
      PYTHONNOUSERSITE=1
      PYTHONUNBUFFERED=1
      SLIPWAY_ENVIRONMENT=production"
  `)
})

test("shared packages are a layer, built with pinned backends alone", async () => {
  const recipe = await recipeOf({
    "services/greeter/requirements.txt": "./libs/common\n",
    "services/greeter/libs/common/setup.py": "",
    "services/greeter/libs/common/common.py": "",
  })
  expect(renderRecipe(recipe)).toMatchInlineSnapshot(`
    "tools:
      from scratch
      closure workshop
      PATH=/usr/bin
    runtime:
      from scratch
      closure python
    uv:
      from debian:trixie-slim
      install ca-certificates python3-pip
      run uv
    toolchain:
      from scratch
      closure python-build
      copy uv:/out to /usr/local/bin
      HOME=/root
      LC_ALL=C.UTF-8
      PATH=/usr/local/bin:/usr/bin:/bin
      PDM_BUILD_SCM_VERSION=0.0.0
      POETRY_DYNAMIC_VERSIONING_BYPASS=0.0.0
      PYTHONDONTWRITEBYTECODE=1
      PYTHONHASHSEED=0
      SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0
      SOURCE_DATE_EPOCH=315532800
      SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
      TZ=UTC
      UV_CACHE_DIR=/root/.cache/uv
      UV_LINK_MODE=copy
      UV_NO_CONFIG=1
      UV_NO_PROGRESS=1
      UV_PREVIEW_FEATURES=build-dependency-hashes
      UV_PYTHON=/usr/bin/python3.13
      UV_PYTHON_DOWNLOADS=never
    standard-library:
      from stage toolchain
      copy runtime:/usr/lib/python3.13 to /out/usr/lib/python3.13
      run compile standard library
    shared:
      from stage toolchain
      cache /root/.cache/uv
      write /build-constraints.txt
      copy services/greeter/libs/common/common.py services/greeter/libs/common/setup.py
      run build shared packages
    builder:
      from stage toolchain
      copy shared:/out to /
      cd /src/services/greeter
      copy all
      run collect service
      run compile service
    layer runtime:
      from stage tools
      mount runtime:/ at /content
      run pack
    layer python:
      from stage tools
      mount standard-library:/out at /content
      run pack
    layer shared:
      from stage tools
      mount shared:/out at /content
      run pack
    layer app:
      from stage tools
      mount builder:/out at /content
      run pack
    layers: runtime (runtime:/), python (standard-library:/out), shared (shared:/out), app (builder:/out)
    run: /usr/bin/python3.13 /app/main.py
      PATH=/usr/local/bin:/usr/bin:/bin
      PORT=8000
      PYTHONDONTWRITEBYTECODE=1
      PYTHONNOUSERSITE=1
      PYTHONUNBUFFERED=1
      SLIPWAY_ENVIRONMENT=production"
  `)
  const constraints = recipe.stages
    .flatMap(({ steps }) => steps)
    .find((step) => step.do === "write" && step.path === "/build-constraints.txt")
  expect(constraints).toMatchObject({
    text: expect.stringContaining("setuptools==80.0.1 \\\n    --hash=sha256:"),
  })
})

describe("what is run", () => {
  test("main.py, else app.py, by Python's absolute path", async () => {
    expect(entrypointOf(await recipeOf())).toEqual(["/usr/bin/python3.13", "/app/main.py"])
    const app = await recipeWithout(main, { "services/greeter/app.py": "" })
    expect(entrypointOf(app)).toEqual(["/usr/bin/python3.13", "/app/app.py"])
  })

  test("the only package with a __main__", async () => {
    const recipe = await recipeWithout(main, {
      "services/greeter/src/greeter/__init__.py": "",
      "services/greeter/src/greeter/__main__.py": "",
    })
    expect(entrypointOf(recipe)).toEqual(["/usr/bin/python3.13", "-m", "greeter"])
  })

  test("the only program of a package", async () => {
    const recipe = await recipeOf({
      "services/greeter/requirements.txt": "-e .\n",
      "services/greeter/pyproject.toml": `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "greeter"
version = "1"
[project.scripts]
greet = "greeter:main"
`,
    })
    expect(entrypointOf(recipe)).toEqual(["/usr/local/bin/greet"])
  })

  test("a named file or module", async () => {
    const files = { "services/greeter/web/server.py": "" }
    const file = await recipeOf({ ...files, [manifest]: "language: python\nentrypoint: web/server.py\n" })
    expect(entrypointOf(file)).toEqual(["/usr/bin/python3.13", "/app/web/server.py"])
    const module = await recipeOf({ ...files, [manifest]: "language: python\nentrypoint: web.server\n" })
    expect(entrypointOf(module)).toEqual(["/usr/bin/python3.13", "-m", "web.server"])
  })

  test("a command, also where nothing could be found to run", async () => {
    const recipe = await recipeWithout(main, {
      "services/greeter/web/asgi.py": "",
      [manifest]: "language: python\ncommand: [uvicorn, web.asgi:app]\n",
    })
    expect(entrypointOf(recipe)).toEqual(["uvicorn", "web.asgi:app"])
  })
})

describe("compilers", () => {
  const closureOf = (recipe: Recipe): string | undefined => {
    const toolchain = recipe.stages.find(({ name }) => name === "toolchain")
    return toolchain?.steps.flatMap((step) => (step.do === "closure" ? [step.name] : []))[0]
  }

  test("are there only for what needs them", async () => {
    expect(closureOf(await recipeOf())).toBe("python-build")
    const built = `--no-binary idna\n${pythonService["services/greeter/requirements.txt"] ?? ""}`
    expect(closureOf(await recipeOf({ "services/greeter/requirements.txt": built }))).toBe("native-python")
    const native = await recipeOf({
      "services/greeter/requirements.txt": "./libs/fast\n",
      "services/greeter/libs/fast/setup.py": "",
      "services/greeter/libs/fast/fast.c": "",
    })
    expect(closureOf(native)).toBe("native-python")
  })

  test("what is built from sources is never taken from a cache", async () => {
    const built = `--no-binary idna\n${pythonService["services/greeter/requirements.txt"] ?? ""}`
    const recipe = await recipeOf({ "services/greeter/requirements.txt": built })
    const command = recipe.stages
      .flatMap(({ steps }) => steps)
      .flatMap((step) =>
        step.do === "run" && step.name === "build packages" ? [step.command.join(" ")] : [],
      )
    expect(command).toEqual([expect.stringMatching(/--no-cache .*--require-build-hashes/)])
  })
})

test("only development keeps type stubs and tests, and compares bytecode with its source", async () => {
  const scripts = (recipe: Recipe) => JSON.stringify(recipe.stages)
  const [development, production] = [await recipeOf({}, { environment: "development" }), await recipeOf()]
  expect(scripts(development)).not.toContain("*.pyi")
  expect(scripts(development)).toContain("--invalidation-mode checked-hash")
  expect(development.config.config.Env).toContain("PYTHONFAULTHANDLER=1")
  expect(scripts(production)).toContain("*.pyi")
  expect(scripts(production)).toContain("--invalidation-mode unchecked-hash")
})

test("a folder that is used and is no package lies in /app as in the repository", async () => {
  const recipe = await recipeOf({
    [manifest]: "language: python\nuses: [data/prices]\n",
    "data/prices/list.csv": "",
  })
  expect(JSON.stringify(recipe.stages)).toContain("cp -R --parents 'data/prices' /out/app")
})

test("everything that is wrong with a service is told at once", async () => {
  const { problems } = await loadAll(
    repository({
      ...pythonService,
      [manifest]: "language: python\nversion: 3.12\nentrypoint: mian.py\n",
      "services/greeter/pyproject.toml": '[project]\nname = "greeter"\nrequires-python = "<3.13"\n',
    }),
  )
  expect(problems.map(({ line, path, message }) => [path, line, message])).toMatchInlineSnapshot(`
    [
      [
        "version",
        2,
        "the lock holds Python 3.13.5, not 3.12. Leave the version out to build with 3.13.5.",
      ],
      [
        "project.requires-python",
        3,
        ""<3.13" leaves out Python 3.13.5, which the lock holds. Widen it.",
      ],
      [
        "entrypoint",
        3,
        ""mian.py" is no file, module or program of services/greeter. Did you mean main.py?",
      ],
    ]
  `)
})
