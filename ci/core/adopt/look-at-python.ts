import { posix } from "node:path"
import { foldersAbove } from "../recipe/go/workspace.js"
import { usualEntrypoint } from "../recipe/python/entrypoint.js"
import { readPyproject, type Pyproject } from "../recipe/python/pyproject.js"
import { readRequirements } from "../recipe/python/requirements-txt.js"
import { parseRequirement } from "../recipe/python/requirement.js"
import { assemble } from "./assemble.js"
import { dockerfileIn, plainWords, type DockerfileFacts } from "./dockerfile-facts.js"
import type { Hint, Look, Settings, Told } from "./proposal.js"
import { readSources, sourcesIn, type Source } from "./sources.js"
import type { Place, RepositoryView } from "./view.js"

/** Files that say what a Python project depends on. */
export const pythonMarkers = /^(pyproject\.toml|requirements[\w.-]*\.(txt|in)|setup\.py|Pipfile)$/

/** A folder of Python that has something to start. */
export function lookAtPython(place: Place, view: RepositoryView): Look | undefined {
  const { folder } = place
  const names = view.namesIn(folder)
  const usual = view.first(folder, ["pyproject.toml", "requirements.txt"])
  const marker = usual ?? names.find((name) => pythonMarkers.test(name)) ?? pythonServer(folder, view)
  if (marker === undefined) return undefined
  view.ask([posix.join(folder, "pyproject.toml")])
  const read = readPyproject(folder, view.texts)
  const pyproject = read.ok ? read.value : undefined
  const docker = dockerfileIn(folder, view)
  const sources = readSources(sourcesIn(place, view, /\.py$/), view)
  const packages = packagesOf(folder, pyproject, view)
  const server: Start | undefined = pythonMarkers.test(marker)
    ? undefined
    : { value: { entrypoint: marker }, from: "it makes a server" }
  const start = startOf({ folder, pyproject, docker, sources, view, packages }) ?? server
  // Only a folder that is looked at by itself is asked what it starts.
  const isMeant = folder === view.start && place.nested.length === 0 && pyproject === undefined
  if (start === undefined && docker === undefined && (!isMeant || sources.length === 0))
    return { kind: "library", what: "Python with nothing to start" }
  const port = Number(/(?:--port[= ]|:)(\d{2,5})\b/.exec((start?.value.command ?? []).join(" "))?.[1])
  const proposal = assemble({
    language: "python",
    from: pyproject === undefined ? marker : "pyproject.toml",
    ...(pyproject?.project?.name === undefined ? {} : { title: pyproject.project.name.toLowerCase() }),
    folder,
    sources,
    docker,
    ...(port > 0 ? { configuredPort: { value: port, from: "its command" } } : {}),
    ...(start === undefined || Object.keys(start.value).length === 0
      ? {}
      : { known: start.value, origins: { command: start.from, entrypoint: start.from } }),
    hints: start !== undefined ? [] : [startHint(djangoModule(folder, sources, view))],
  })
  return { kind: "service", proposal }
}

/** A usual file of a folder without any dependency that makes a server all the same. */
export function pythonServer(folder: string, view: RepositoryView): string | undefined {
  const isInProject = foldersAbove(folder).some((each) =>
    view.namesIn(each).some((name) => pythonMarkers.test(name)),
  )
  if (isInProject) return undefined
  return ["main.py", "app.py", "server.py"].find((name) =>
    /\bHTTPServer\b|socketserver|asyncio\.start_server|FastAPI\(|Flask\(/.test(
      view.text(posix.join(folder, name)) ?? "",
    ),
  )
}

interface StartRequest {
  readonly folder: string
  readonly pyproject: Pyproject | undefined
  readonly docker: DockerfileFacts | undefined
  readonly sources: readonly Source[]
  /** Names of what it depends on directly. */
  readonly packages: ReadonlySet<string>
  readonly view: RepositoryView
}

type Start = Told<Pick<Settings, "entrypoint" | "command">>

/** What is run: as the Dockerfile or a Procfile says, else as the sources show; empty where the recipe finds it. */
function startOf(request: StartRequest): Start | undefined {
  const { folder, pyproject, docker, view } = request
  const usual = usualEntrypoint({
    folder,
    paths: view.paths,
    project: {
      pyproject,
      isPackage: pyproject?.["build-system"] !== undefined && pyproject.project !== undefined,
    },
  })
  const [, web] = /^web:\s*(.+)$/m.exec(view.text(posix.join(folder, "Procfile")) ?? "") ?? []
  const written = [
    ...(docker?.command === undefined ? [] : [{ words: docker.command, from: docker.file }]),
    ...(web === undefined
      ? []
      : [{ words: plainWords(web, docker?.port?.value ?? 8080) ?? [], from: "Procfile" }]),
  ]
  for (const { words, from } of written) {
    const start = fromCommand(words, request)
    if (start !== undefined)
      return { value: start.command === undefined && start.entrypoint === usual ? {} : start, from }
  }
  const app = unstartedApp(request, usual)
  if (app !== undefined) return app
  if (usual !== undefined) return { value: {}, from: usual }
  const mains = request.sources
    .filter(({ file }) => posix.basename(file) !== "manage.py")
    .filter(({ text }) => /^if __name__ == ["']__main__["']/m.test(text))
  const [main] = mains
  if (main === undefined || mains.length > 1) return undefined
  return { value: { entrypoint: posix.relative(folder, main.file) }, from: "the only file with __main__" }
}

/** What a command runs: an entrypoint where that is enough. Nothing where it runs what is not there. */
function fromCommand(
  [...words]: readonly string[],
  { folder, view }: StartRequest,
): Pick<Settings, "entrypoint" | "command"> | undefined {
  while (/^(uv|poetry|pdm|pipenv)$/.test(words[0] ?? "") && words[1] === "run") words.splice(0, 2)
  if (words.length === 0) return undefined
  if (!/^(.*\/)?python[\d.]*$/.test(words[0] ?? "")) {
    const isProgram = !(words[0] ?? "").includes("/") && !/\.sh$/.test(words[0] ?? "")
    return isProgram ? { command: words } : undefined
  }
  const inner = words.slice(1).filter((word) => word !== "-u")
  const [first, second, ...more] = inner
  if (first === "-m" && second !== undefined)
    return more.length === 0 && hasModule(second, folder, view)
      ? { entrypoint: second }
      : { command: ["python", ...inner] }
  const file = first?.replace(/^(\.\/|\/app\/|\/usr\/src\/app\/|\/code\/|\/src\/)/, "")
  if (file === undefined || !view.has(posix.join(folder, file))) return undefined
  return second === undefined ? { entrypoint: file } : { command: ["python", file, second, ...more] }
}

function hasModule(name: string, folder: string, view: RepositoryView): boolean {
  const path = name.replaceAll(".", "/")
  return ["", "src/"].some((root) =>
    [`${root}${path}.py`, `${root}${path}/__main__.py`].some((file) => view.has(posix.join(folder, file))),
  )
}

const apps = /^(\w+)(?:\s*:\s*\w+)?\s*=\s*(FastAPI|Starlette|Litestar|Quart|Sanic|Flask)\(/m

/** A function that makes an application, and the framework that the same file knows. */
const factories = /^def (create_app|make_app|get_app|app_factory)\(/m

function appIn(text: string): { readonly target: string; readonly kind: string } | undefined {
  const [, name, kind] = apps.exec(text) ?? []
  if (name !== undefined && kind !== undefined) return { target: name, kind }
  const [, factory] = factories.exec(text) ?? []
  const [, used] = /\b(FastAPI|Starlette|Litestar|Quart|Sanic|Flask)\(/.exec(text) ?? []
  return factory === undefined || used === undefined ? undefined : { target: `${factory}()`, kind: used }
}

function startHint(django: string | undefined): Hint {
  if (django === undefined)
    return {
      setting: "entrypoint",
      why: "The file or module that Python runs; or give a command.",
      example: { entrypoint: "main.py" },
      isNeeded: true,
    }
  return {
    setting: "command",
    why: "Django needs a server, which is among what it depends on: gunicorn, or uvicorn for its asgi.",
    example: { command: ["gunicorn", `${django}:application`, "--bind", "0.0.0.0:8000"] },
    isNeeded: true,
  }
}

/** The module with a Django project's application: of its two, the one that its server asks for. */
function djangoModule(
  folder: string,
  sources: readonly Source[],
  view: RepositoryView,
  kinds: readonly string[] = ["wsgi", "asgi"],
): string | undefined {
  if (!view.has(posix.join(folder, "manage.py"))) return undefined
  const [file] = kinds.flatMap((kind) => sources.filter((source) => source.file.endsWith(`/${kind}.py`)))
  return file === undefined ? undefined : moduleOf(file.file, folder)
}

/** An application that no file starts: a server among its packages does. */
function unstartedApp(
  { folder, sources, packages, view }: StartRequest,
  usual: string | undefined,
): Start | undefined {
  const kinds = packages.has("uvicorn") ? ["asgi", "wsgi"] : ["wsgi", "asgi"]
  const django = djangoModule(folder, sources, view, kinds)
  if (django !== undefined) return served(django, "application", django.endsWith("asgi"), packages)
  const found = sources.flatMap(({ file, text }) => {
    const app = appIn(text)
    // What makes an application is called by something: a usual file, if there is one.
    const isCalled = usual !== undefined && app?.target.endsWith("()") === true
    return app === undefined || isCalled ? [] : [{ file, ...app }]
  })
  const [app] = found.filter(({ file }) => posix.relative(folder, file) === usual).concat(found)
  if (app === undefined) return undefined
  // Flask's own server is for developers: gunicorn beside it says what runs in the end.
  const run = packages.has("gunicorn")
    ? /\b(uvicorn|hypercorn)\.run\(/
    : /\b(uvicorn|hypercorn|app)\.run\(|\bserve\(/
  const starts = sources.some(({ text }) => run.test(text))
  return starts ? undefined : served(moduleOf(app.file, folder), app.target, app.kind !== "Flask", packages)
}

/** Words that have a server run an application, or what a function makes. */
function served(
  module: string,
  target: string,
  isAsync: boolean,
  packages: ReadonlySet<string>,
): Start | undefined {
  const from = `${module}:${target} and what it depends on`
  const made = target.endsWith("()")
  const name = `${module}:${target.replace(/\(\)$/, "")}`
  const told = (...command: readonly string[]): Start => ({ value: { command: [...command] }, from })
  if (isAsync && (packages.has("uvicorn") || packages.has("fastapi[standard]")))
    return told("uvicorn", ...(made ? ["--factory"] : []), name, "--host", "0.0.0.0", "--port", "8000")
  if (packages.has("gunicorn")) return told("gunicorn", `${module}:${target}`, "--bind", "0.0.0.0:8000")
  if (!isAsync && packages.has("waitress"))
    return told("waitress-serve", ...(made ? ["--call"] : []), "--listen=0.0.0.0:8000", name)
  return undefined
}

function moduleOf(file: string, folder: string): string {
  return posix
    .relative(folder, file)
    .replace(/^src\//, "")
    .replace(/(\/__init__)?\.py$/, "")
    .replaceAll("/", ".")
}

function packagesOf(
  folder: string,
  pyproject: Pyproject | undefined,
  view: RepositoryView,
): ReadonlySet<string> {
  const file = view.first(folder, ["requirements.txt", "requirements.in"])
  const path = posix.join(folder, file ?? "requirements.txt")
  view.ask([path])
  const listed = readRequirements(path, folder, view.texts).requirements
  const declared = (pyproject?.project?.dependencies ?? []).flatMap((text) => parseRequirement(text) ?? [])
  const names = [...listed, ...declared].flatMap(({ name, extras }) => [
    name,
    ...extras.map((extra) => `${name}[${extra}]`),
  ])
  return new Set([...names, ...Object.keys(pyproject?.tool.poetry?.dependencies ?? {})])
}
