import { cpSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, inject, test } from "vitest"
import { folderOfFile } from "../../helpers/folders.js"
import { pullImage } from "../../helpers/images.js"
import { build, checkout, succeed } from "../../helpers/slipway.js"

const home = inject("firstHome")
const folder = folderOfFile()

/** Answers over HTTP with names that come from the lock and from shared code. */
const server = `import importlib.metadata
import http.server
import ssl, sqlite3, zoneinfo, ctypes, lzma, multiprocessing, bz2, uuid
import MODULES

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(zoneinfo.ZoneInfo("Europe/Berlin")).encode())

http.server.HTTPServer(("", 8000), Handler).serve_forever()
# ${Date.now()}
`

test.each(["uv", "poetry", "pip"])(
  "services of a workspace of %s start, with their packages",
  async (format) => {
    const root = join(folder, format)
    cpSync(join(checkout, "test/fixtures/workspaces", format, "repository"), root, { recursive: true })
    const services = {
      a: "common, packaging, uvicorn, uvloop, yaml",
      b: format === "pip" ? "idna, msgpack" : "common, idna, msgpack",
    }
    for (const [service, modules] of Object.entries(services)) {
      const path = join(root, "services", service)
      writeFileSync(join(path, "main.py"), server.replace("MODULES", modules))
      writeFileSync(join(path, "service.yaml"), "language: python\nport: 8000\nhealth: { http: / }\n")
    }
    const { targets, stderr } = await build(["-C", root], { home })
    for (const service of Object.keys(services)) {
      expect(targets[service]?.image, stderr).toBeDefined()
      const image = await pullImage(targets[service]?.image ?? "")
      // uvloop alone has 15 MB.
      expect(image.bytes / 1e6).toBeLessThanOrEqual(service === "a" ? 90 : 60)
      expect(image.entries.filter(({ path }) => /\/(pip3?|uv|sh|bash|gcc)$/.test(path))).toEqual([])
      expect(
        image.entries.some(({ path }) => /\/dist-packages\/idna\/__pycache__\/.*\.pyc$/.test(path)),
      ).toBe(true)
    }
  },
)

test("requirements without hashes are built from what lock found for them", async () => {
  const root = join(folder, "loose")
  const service = join(root, "services/greeter")
  mkdirSync(service, { recursive: true })
  writeFileSync(join(service, "service.yaml"), "language: python\nport: 8000\nhealth: { http: / }\n")
  writeFileSync(join(service, "requirements.txt"), "Jinja2\nMarkupSafe==2.1.3\n")
  writeFileSync(join(service, "main.py"), server.replace("MODULES", "jinja2, markupsafe._speedups"))

  const refused = await build(["-C", root], { home })
  expect(refused.exitCode, refused.stderr).toBe(2)
  await succeed(["-C", root, "lock"], { home })
  await succeed(["-C", root, "lock", "--check"], { home })

  const { targets, stderr } = await build(["-C", root], { home })
  const image = await pullImage(targets["greeter"]?.image ?? stderr)
  // No wheel of MarkupSafe 2.1.3 fits: it was compiled.
  expect(image.entries.some(({ path }) => /\/markupsafe\/_speedups\..*\.so$/.test(path))).toBe(true)
})
