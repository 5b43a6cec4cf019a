import { execFileSync } from "node:child_process"
import { chmodSync, cpSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { lockSchema } from "../../../ci/core/lock/lock.js"
import { loadAll, loadOne } from "../helpers/load.js"
import { goService, nodeService, repository, temporaryFolder } from "../helpers/repository.js"
import { testLock } from "../helpers/test-lock.js"

const manifest = "services/hello/service.yaml"
const written = goService[manifest] ?? ""

type Options = Parameters<typeof loadOne>[1]

async function keyOf(files: Readonly<Record<string, string>>, options: Options = {}): Promise<string> {
  const { key } = await loadOne(repository({ ...goService, ...files }), options)
  return key
}

function lockWith(change: (lock: ReturnType<typeof lockSchema.parse>) => void): Options {
  const baseLock = structuredClone(testLock)
  change(baseLock)
  return { baseLock }
}

describe("what is part of the image changes the key", () => {
  const changes: Readonly<Record<string, readonly [Readonly<Record<string, string>>, Options?]>> = {
    "a source": [{ "services/hello/main.go": "package main\n\nfunc main() { println() }\n" }],
    "a new file": [{ "services/hello/data.json": "{}" }],
    "the language's version": [
      { [manifest]: `${written}version: "1.26.9"\n` },
      lockWith((lock) => {
        lock.go["1.26.9"] = { "linux/amd64": `h1:${"B".repeat(43)}=` }
      }),
    ],
    "the toolchain's hash": [
      {},
      lockWith((lock) => {
        lock.go["1.26.8"] = { "linux/amd64": `h1:${"B".repeat(43)}=` }
      }),
    ],
    "a package of the runtime": [
      {},
      lockWith((lock) => {
        lock.debian.packages["static"]?.packages.push({
          name: "x",
          version: "1",
          architecture: "all",
          sha256: "b".repeat(64),
        })
      }),
    ],
    "a tool that makes layers": [
      {},
      lockWith((lock) => {
        lock.debian.packages["workshop"]?.packages.push({
          name: "x",
          version: "1",
          architecture: "all",
          sha256: "b".repeat(64),
        })
      }),
    ],
    "the name": [{ [manifest]: `${written}name: other\n` }],
    "the port": [{ [manifest]: "language: go\nport: 8081\n" }],
    "a build argument": [{ [manifest]: `${written}args: { LEVEL: "2" }\n` }],
    "a variable": [{ [manifest]: `${written}variables: { LEVEL: "2" }\n` }],
    "a variable of the fleet": [{ "slipway.yaml": "defaults: { variables: { LEVEL: 2 } }\n" }],
    "a variable of this environment": [
      { [manifest]: `${written}environments: { production: { variables: { A: b } } }\n` },
    ],
    "the user": [{ [manifest]: `${written}user: "1000"\n` }],
    "the stop signal": [{ [manifest]: `${written}stopSignal: SIGINT\n` }],
    "a label": [{ [manifest]: `${written}labels: { team: shop }\n` }],
    "the environment": [{}, { environment: "development" }],
    "a used folder": [
      { [manifest]: `${written}uses: [libs/money]\n`, "libs/money/money.go": "package money\n" },
    ],
  }
  test.each(Object.entries(changes))("%s", async (_what, [files, options]) => {
    expect(await keyOf(files, options)).not.toBe(await keyOf({}))
  })

  test("an executable bit", async () => {
    const root = repository(goService)
    const before = await loadOne(root)
    chmodSync(join(root, "services/hello/main.go"), 0o755)
    expect((await loadOne(root)).key).not.toBe(before.key)
  })
})

describe("what does not reach the image leaves the key alone", () => {
  const changes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "the order and comments of the manifest": { [manifest]: "# a comment\nport: 8080\nlanguage: go\n" },
    "the health check": { [manifest]: `${written}health: { http: /health, timeout: 5 }\n` },
    "limits and registry": {
      "slipway.yaml": "registry: registry.example/shop\nlimits: { imageSizeMB: 50 }\n",
    },
    "another service": {
      "services/other/service.yaml": "language: go\n",
      "services/other/go.mod": "module other\n\ngo 1.26.8\n",
      "services/other/main.go": "package main\n",
    },
    "a file outside": { "README.md": "Hello.\n" },
    "an ignored file": { ".gitignore": "*.log\n", "services/hello/x.log": "1" },
    "a variable of another environment": {
      [manifest]: `${written}environments: { testing: { variables: { A: b } } }\n`,
    },
    "a lock of other versions": {
      "slipway.lock": JSON.stringify({ version: 1, node: { "26.0.0": {} } }),
    },
  }
  test.each(Object.entries(changes))("%s", async (_what, files) => {
    const { targets } = await loadAll(repository({ ...goService, ...files }))
    expect(targets.find(({ service }) => service === "hello")?.key).toBe(await keyOf({}))
  })

  test("checkout path, clock, umask and group bits", async () => {
    const first = repository(nodeService)
    const second = join(temporaryFolder(), "other place")
    cpSync(first, second, { recursive: true })
    execFileSync("chmod", ["-R", "go-rwx", second])
    utimesSync(join(second, "services/web/src/main.ts"), 1, 1)
    expect((await loadOne(second)).key).toBe((await loadOne(first)).key)
  })

  test("a stat cache, also after an edit of equal size", async () => {
    const root = repository(goService)
    const statCache = join(temporaryFolder(), "stat.json")
    const cached = { statCache }
    expect((await loadOne(root, cached)).key).toBe((await loadOne(root)).key)
    writeFileSync(join(root, "services/hello/main.go"), "package main\n\nfunc main() {;}")
    expect((await loadOne(root, cached)).key).toBe((await loadOne(root)).key)
  })
})
