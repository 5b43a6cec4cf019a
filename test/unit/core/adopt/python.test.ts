import { describe, expect, test } from "vitest"
import { find, manifestOf } from "../../helpers/adopt.js"

const api = `from fastapi import FastAPI
app = FastAPI()

@app.get("/healthz")
def healthz(): return {}
`

test("a usual file with everything in it", () => {
  const text = manifestOf({
    "requirements.txt": "flask==3\n",
    "app.py": `@app.route("/health")
def health(): return "ok"

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=int(os.environ.get("PORT", 5000)))
`,
  })
  expect(text).toBe(`language: python
port: 5000 # app.py, line 5
health:
  http: /health # app.py, line 1
`)
})

test("a server of the standard library alone", () => {
  const text = manifestOf({ "x/server.py": 'HTTPServer(("", 8090), Handler).serve_forever()\n' })
  expect(text).toContain("port: 8090 # server.py, line 1\n")
})

test("an option of the command line; a status beside a text is no port", () => {
  const text = manifestOf({
    "requirements.txt": "flask==3\n",
    "app.py":
      "return make_response('''Disallow: /''', 200)\nparser.add_argument(\n    '--port',\n    default=5001)\n",
  })
  expect(text).toContain("port: 5001 # app.py, line 3\n")
})

describe("an application that no file starts is started by the server that it depends on", () => {
  test("uvicorn", () => {
    const text = manifestOf({ "requirements.txt": "fastapi==1\nuvicorn==1\n", "main.py": api })
    expect(text).toContain('command: [uvicorn, main:app, --host, 0.0.0.0, --port, "8000"]')
    expect(text).toContain("port: 8000 # its command\n")
  })

  test("gunicorn for Django", () => {
    const text = manifestOf({
      "requirements.txt": "django==5\ngunicorn==23\n",
      "manage.py": "",
      "shop/wsgi.py": "application = get_wsgi_application()\n",
    })
    expect(text).toContain("command: [gunicorn, shop.wsgi:application, --bind, 0.0.0.0:8000]")
  })

  test.each([
    ["Flask", "gunicorn", "[gunicorn, shop:create_app(), --bind, 0.0.0.0:8000]"],
    ["Flask", "waitress", "[waitress-serve, --call, --listen=0.0.0.0:8000, shop:create_app]"],
    ["FastAPI", "uvicorn", '[uvicorn, --factory, shop:create_app, --host, 0.0.0.0, --port, "8000"]'],
  ])("what a function makes with %s: %s", (framework, server, command) => {
    const text = manifestOf({
      "requirements.txt": `${framework.toLowerCase()}==3\n${server}==1\n`,
      "shop/__init__.py": `def create_app(config=None):\n    app = ${framework}(__name__)\n    return app\n`,
    })
    expect(text).toContain(`command: ${command}`)
    expect(text).toContain("port: 8000 # its command\n")
  })

  test("gunicorn before Flask's server for developers", () => {
    const app = 'app = Flask(__name__)\nif __name__ == "__main__":\n    app.run()\n'
    const text = (packages: string) => manifestOf({ "requirements.txt": packages, "shop/core.py": app })
    expect(text("flask==3\ngunicorn==23\n")).toContain("command: [gunicorn, shop.core:app,")
    expect(text("flask==3\n")).toContain("entrypoint: shop/core.py")
  })

  test("Django's wsgi for gunicorn, its asgi for uvicorn", () => {
    const project = { "manage.py": "", "shop/asgi.py": "", "shop/wsgi.py": "" }
    const gunicorn = manifestOf({ ...project, "requirements.txt": "django==5\ngunicorn==23\n" })
    expect(gunicorn).toContain("command: [gunicorn, shop.wsgi:application, --bind, 0.0.0.0:8000]")
    const uvicorn = manifestOf({ ...project, "requirements.txt": "django==5\nuvicorn==1\n" })
    expect(uvicorn).toContain("command: [uvicorn, shop.asgi:application,")
  })

  test("which is left to say where Django comes without one: manage.py is for people", () => {
    const text = manifestOf({
      "requirements.txt": "django==5\n",
      "manage.py": 'if __name__ == "__main__":\n    main()\n',
      "shop/wsgi.py": "",
      Dockerfile: "FROM python\nCMD python manage.py migrate; gunicorn shop.wsgi:application\n",
    })
    expect(text).not.toContain("entrypoint")
    expect(text).toContain("# Django needs a server, which is among what it depends on")
    expect(text).toContain("# command:\n#   - gunicorn\n#   - shop.wsgi:application\n")
  })

  test("unless the code starts one", () => {
    const text = manifestOf({
      "requirements.txt": "fastapi==1\nuvicorn==1\n",
      "main.py": `${api}\nuvicorn.run(app, port=8001)\n`,
    })
    expect(text).not.toContain("command")
    expect(text).toContain("port: 8001")
  })
})

describe("what a Dockerfile or Procfile starts counts first", () => {
  const files = (dockerfile: string) => ({
    "requirements.txt": "fastapi==1\nuvicorn==1\n",
    "server.py": "",
    "shop/__main__.py": "",
    "main.py": api,
    Dockerfile: `FROM python:3.13\nCOPY . .\n${dockerfile}\n`,
  })

  test.each([
    ['CMD ["python", "-u", "server.py"]', "entrypoint: server.py # Dockerfile"],
    ['CMD ["python", "/app/server.py"]', "entrypoint: server.py # Dockerfile"],
    ['CMD ["python3", "-m", "shop"]', "entrypoint: shop # Dockerfile"],
    ['CMD ["uv", "run", "uvicorn", "main:app"]', "command: [uvicorn, main:app] # Dockerfile"],
    ["ENV PORT=8080\nCMD exec uvicorn main:app --port $PORT", 'command: [uvicorn, main:app, --port, "8080"]'],
    ['CMD ["sh", "-c", "uvicorn main:app --port 80"]', 'command: [uvicorn, main:app, --port, "80"]'],
  ])("%s", (dockerfile, expected) => {
    expect(manifestOf(files(dockerfile))).toContain(expected)
  })

  test("but not what needs a shell, or is not there", () => {
    for (const line of ["CMD ./start.sh", "CMD migrate && uvicorn main:app", 'CMD ["python", "gone.py"]'])
      expect(manifestOf(files(line))).toContain(
        'command: [uvicorn, main:app, --host, 0.0.0.0, --port, "8000"]',
      )
  })

  test("a Procfile", () => {
    const text = manifestOf({
      "requirements.txt": "flask==3\ngunicorn==23\n",
      "web.py": "app = Flask(__name__)\n",
      Procfile: "web: gunicorn web:app -b :$PORT\n",
    })
    expect(text).toContain("command: [gunicorn, web:app, -b, :8080] # Procfile\n")
  })
})

test("a folder that is looked at by itself is asked what it starts, others are not services for a few scripts", () => {
  const scripts = { "requirements.txt": "requests==2\n", "one.py": "", "two.py": "" }
  expect(manifestOf(scripts)).toContain("\n# entrypoint: main.py\n")
  const inside = Object.fromEntries(Object.entries(scripts).map(([path, text]) => [`tools/${path}`, text]))
  expect(find(inside).services).toEqual([])
})

test("packages and workspaces that start nothing are libraries", () => {
  const project = (name: string) => `[project]\nname = "${name}"\nversion = "1"\n`
  const { services, others } = find({
    "pyproject.toml": `${project("all")}[tool.uv.workspace]\nmembers = ["*"]\n`,
    "core/pyproject.toml": `${project("core")}[build-system]\nrequires = ["hatchling"]\n`,
    "core/src/core/__init__.py": "",
    "job/pyproject.toml": project("job"),
    "job/main.py": "",
  })
  expect(services.map(({ folder }) => folder)).toEqual(["job"])
  expect(others.map(({ folder }) => folder)).toEqual([".", "core"])
})
