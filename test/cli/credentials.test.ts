import { randomUUID } from "node:crypto"
import { request as forward } from "node:http"
import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { temporaryFolder } from "../unit/helpers/repository.js"
import { slipway } from "./helpers/cli.js"
import { serve } from "./helpers/http-server.js"
import { keyTags } from "./helpers/keys.js"
import { digestOf, publishTiny, registryProgram, startRegistry } from "./helpers/registry.js"
import { twoServices } from "./helpers/two-services.js"

const account = { username: "captain", password: "a:long:secret" }
const basic = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`

/** A registry that holds the service hello, behind a guard. */
async function guarded(guard: (registry: string) => Promise<{ readonly address: string }>) {
  const root = twoServices()
  const registry = await startRegistry()
  const { hello = "" } = await keyTags(root)
  const digest = await publishTiny(registry, "hello", [hello])
  const { address } = await guard(registry)
  const build = (config: object, env: Readonly<Record<string, string>> = {}) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, "config.json"), JSON.stringify(config))
    return slipway(["build", "hello", "--registry", address, "-C", root], {
      env: {
        DOCKER_CONFIG: folder,
        _EXPERIMENTAL_DAGGER_RUNNER_HOST: "unix:///nowhere",
        _EXPERIMENTAL_DAGGER_CLI_BIN: "/bin/false",
        ...env,
      },
    })
  }
  return { address, build, moved: async () => (await digestOf(registry, "hello", "production")) === digest }
}

/** Lets those through to a registry whose `authorization` is right, and answers others with a challenge. */
function guard(
  registry: string,
  isRight: (
    authorization: string,
    need: { readonly repository: string; readonly actions: string },
  ) => boolean,
  challenge: (scope: string) => string,
) {
  return serve((request, response) => {
    const repository = /^\/v2\/(.+)\/(manifests|blobs)\//.exec(request.url ?? "")?.[1] ?? ""
    const actions = request.method === "PUT" ? "pull,push" : "pull"
    if (!isRight(request.headers.authorization ?? "", { repository, actions })) {
      const header = { "www-authenticate": challenge(`repository:${repository}:${actions}`) }
      return void response.writeHead(401, header).end()
    }
    const [host, port] = registry.split(":")
    const headers = { ...request.headers, authorization: "" }
    request.pipe(
      forward({ host, port, method: request.method, path: request.url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      }),
    )
  })
}

const withPassword = (registry: string) =>
  guard(
    registry,
    (authorization) => authorization === basic,
    () => 'Basic realm="guarded"',
  )

const stored = (address: string, { username, password } = account) => ({
  auths: { [address]: { auth: Buffer.from(`${username}:${password}`).toString("base64") } },
})

const refused = (address: string) =>
  `The registry ${address} answered 401 for hello. Log in with  docker login ${address}`

describe.skipIf(registryProgram === undefined)("a registry with accounts", () => {
  test("takes what docker login stored", async () => {
    const { address, build, moved } = await guarded(withPassword)
    const { exitCode, stderr } = await build(stored(address))
    expect(stderr).toContain("Everything is published: 1 of 1 targets")
    expect(exitCode).toBe(0)
    expect(await moved()).toBe(true)
  })

  test("refuses nobody, a stranger and a wrong password in one line", async () => {
    const { address, build, moved } = await guarded(withPassword)
    for (const config of [
      {},
      stored("elsewhere:5000"),
      stored(address, { ...account, password: "guessed" }),
    ]) {
      const { exitCode, stderr } = await build(config)
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: refused(address) })
    }
    expect(await moved()).toBe(false)
  })

  describe("asks a credential helper", () => {
    /** Puts `docker-credential-harbour` on a PATH of its own. */
    const helper = (script: string) => {
      const folder = temporaryFolder()
      const file = join(folder, "docker-credential-harbour")
      writeFileSync(file, `#!/bin/sh\n${script}\n`)
      chmodSync(file, 0o755)
      return { PATH: `${folder}:${process.env["PATH"]}` }
    }
    const answer = JSON.stringify({ ServerURL: "", Username: account.username, Secret: account.password })

    test("of the registry", async () => {
      const { address, build } = await guarded(withPassword)
      const env = helper(`[ "$1" = get ] && [ "$(cat)" = '${address}' ] && echo '${answer}'`)
      const { exitCode, stderr } = await build({ credHelpers: { [address]: "harbour" } }, env)
      expect(stderr).toContain("Everything is published")
      expect(exitCode).toBe(0)
    })

    test("of all registries", async () => {
      const { build } = await guarded(withPassword)
      expect(
        (await build({ credsStore: "harbour" }, helper(`cat >/dev/null; echo '${answer}'`))).exitCode,
      ).toBe(0)
    })

    test.for([
      ["has nothing", "echo credentials not found; exit 1"],
      ["does not listen", "exec 0<&-; exit 1"],
      ["speaks nonsense", "echo '<html>'"],
    ] as const)("that %s", async ([, script]) => {
      const { address, build } = await guarded(withPassword)
      const { exitCode, stderr } = await build({ credsStore: "harbour" }, helper(script))
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: refused(address) })
    })

    test("that is not installed", async () => {
      const { address, build } = await guarded(withPassword)
      const { exitCode, stderr } = await build({ credsStore: "absent" })
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: refused(address) })
    })
  })
})

describe.skipIf(registryProgram === undefined)("a registry with tokens", () => {
  /** A registry and the service that hands out its tokens, each good for one scope. */
  const withTokens = async (registry: string, admits: (authorization: string | undefined) => boolean) => {
    const scopes = new Map<string, string>()
    const asked: string[] = []
    const tokens = await serve((request, response) => {
      const { searchParams } = new URL(request.url ?? "", "http://tokens")
      const scope = searchParams.get("scope") ?? ""
      asked.push(`${searchParams.get("service")} ${scope}`)
      if (!admits(request.headers.authorization)) return void response.writeHead(401).end()
      const token = randomUUID()
      scopes.set(token, scope)
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ token }))
    })
    const server = await guard(
      registry,
      (authorization, { repository, actions }) =>
        scopes.get(authorization.replace("Bearer ", "")) === `repository:${repository}:${actions}`,
      (scope) => `Bearer realm="http://${tokens.address}/token",service="harbour",scope="${scope}"`,
    )
    return { address: server.address, asked }
  }

  test("gets one token for all look-ups of a repository and one to move its tag", async () => {
    let asked: readonly string[] = []
    const { address, build, moved } = await guarded(async (registry) => {
      const server = await withTokens(registry, (authorization) => authorization === basic)
      asked = server.asked
      return server
    })
    const { exitCode, stderr } = await build(stored(address))
    expect(stderr).toContain("Everything is published")
    expect(exitCode).toBe(0)
    expect(asked).toEqual(["harbour repository:hello:pull", "harbour repository:hello:pull,push"])
    expect(await moved()).toBe(true)
  })

  test("gives anonymous tokens to everybody where it likes", async () => {
    const { build, moved } = await guarded((registry) =>
      withTokens(registry, (authorization) => authorization === undefined),
    )
    expect((await build({})).exitCode).toBe(0)
    expect(await moved()).toBe(true)
  })

  test("is refused in one line by a token service that does not know the account", async () => {
    const { address, build } = await guarded((registry) => withTokens(registry, () => false))
    const { exitCode, stderr } = await build(stored(address))
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: refused(address) })
  })
})
