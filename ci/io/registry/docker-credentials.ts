import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import type { Credentials } from "./authorize.js"

interface DockerConfig {
  readonly auths?: Record<string, { readonly auth?: string }>
  readonly credHelpers?: Record<string, string>
  readonly credsStore?: string
}

/** What `docker login` stored for a registry, through a credential helper or in its file; undefined when nothing is. */
export async function dockerCredentials(
  host: string,
  env: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> {
  const file = join(env["DOCKER_CONFIG"] ?? join(homedir(), ".docker"), "config.json")
  let config: DockerConfig
  try {
    config = JSON.parse(await readFile(file, "utf8")) as DockerConfig
  } catch {
    return undefined // no docker login on this machine
  }
  const key = host === "docker.io" ? "https://index.docker.io/v1/" : host
  const helper = config.credHelpers?.[key] ?? config.credsStore
  if (helper) return fromHelper(helper, key)
  const stored = config.auths?.[key]?.auth
  if (!stored) return undefined
  const [username = "", password = ""] = Buffer.from(stored, "base64").toString("utf8").split(/:(.*)/s)
  return { username, password }
}

/** Asks `docker-credential-NAME get`; a helper that has nothing, or is not installed, counts as no credentials. */
async function fromHelper(helper: string, key: string): Promise<Credentials | undefined> {
  return new Promise((resolve) => {
    const child = execFile(`docker-credential-${helper}`, ["get"], { timeout: 10_000 }, (error, stdout) =>
      resolve(error ? undefined : parseAnswer(stdout)),
    )
    child.stdin?.on("error", () => {}) // it did not want to be asked; its exit code tells
    child.stdin?.end(key)
  })
}

function parseAnswer(text: string): Credentials | undefined {
  try {
    const answer = JSON.parse(text) as { readonly Username?: string; readonly Secret?: string }
    return { username: answer.Username ?? "", password: answer.Secret ?? "" }
  } catch {
    return undefined // a helper that speaks something else
  }
}
