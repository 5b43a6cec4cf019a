import { posix } from "node:path"
import { parse, stringify } from "yaml"

/** Settings of package managers that lie beside a lockfile. */
export const settingsFiles = [".npmrc", "pnpm-workspace.yaml", ".pnpmfile.cjs", ".yarnrc", ".yarnrc.yml"]

/** Settings that say who asks; no build sees them. */
const secretOfNpm =
  /^\s*(\/\/[^=]*:)?(_auth|_authToken|_password|username|email|always-auth|cert|key|certfile|keyfile|tokenHelper)\s*=/i
const secretOfYarn = /^(npmAuthToken|npmAuthIdent|npmAlwaysAuth|httpsCertFilePath|httpsKeyFilePath)$/

/** Settings without accounts, tokens and keys, so that neither a key nor an image depends on them; undefined where there are none. */
export function withoutSecrets(file: string, text: string): string | undefined {
  if (posix.basename(file) === ".npmrc") return withoutNpmSecrets(text)
  return posix.basename(file) === ".yarnrc.yml" ? withoutYarnSecrets(text) : undefined
}

function withoutNpmSecrets(text: string): string | undefined {
  const lines = text.split("\n")
  const kept = lines.filter((line) => !secretOfNpm.test(line))
  return kept.length === lines.length ? undefined : kept.join("\n")
}

function withoutYarnSecrets(text: string): string | undefined {
  if (!/npmAuth|npmAlwaysAuth|https(Cert|Key)FilePath/.test(text)) return undefined
  const value = readYaml(text)
  const clean = (each: unknown): unknown =>
    typeof each !== "object" || each === null || Array.isArray(each)
      ? each
      : Object.fromEntries(
          Object.entries(each)
            .filter(([name]) => !secretOfYarn.test(name))
            .map(([name, inner]) => [name, clean(inner)]),
        )
  return value === undefined ? "" : stringify(clean(value), { lineWidth: 0 })
}

/** Files that settings name: yarn itself, and its plugins. */
export function settingsUses(file: string, text: string | undefined): readonly string[] {
  if (text === undefined || posix.basename(file) !== ".yarnrc.yml") return []
  const { yarnPath, plugins } = (readYaml(text) ?? {}) as { yarnPath?: unknown; plugins?: unknown }
  const named = (Array.isArray(plugins) ? plugins : []).map((each: unknown) =>
    typeof each === "object" && each !== null && "path" in each ? each.path : each,
  )
  const paths = [yarnPath, ...named].filter((path) => typeof path === "string")
  return paths.filter((path) => path.endsWith("js")).map((path) => posix.join(posix.dirname(file), path))
}

/** True for settings that keep all packages from running scripts when they are installed. */
export function forbidScripts(file: string, text: string | undefined): boolean {
  if (text === undefined) return false
  if (posix.basename(file) === ".npmrc") return /^\s*ignore-scripts\s*=\s*true\s*$/m.test(text)
  return posix.basename(file) === ".yarnrc.yml" && /^enableScripts:\s*false/m.test(text)
}

function readYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 }) as unknown
  } catch {
    return undefined
  }
}
