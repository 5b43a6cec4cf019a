import { z } from "zod"

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(8080),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  CATALOG_URL: z
    .string()
    .url()
    .regex(/^https?:\/\//, "not an http or https address")
    .default("http://catalog:8080"),
  CATALOG_TIMEOUT_MS: z.coerce.number().int().min(1).max(60_000).default(2_000),
})

/** What the gateway can be told from outside. */
export interface Config {
  readonly port: number
  readonly logLevel: z.infer<typeof schema>["LOG_LEVEL"]
  /** Where the catalog answers; a path in it is kept as a prefix. */
  readonly catalogUrl: string
  /** Milliseconds that the catalog has for a whole answer, body included. */
  readonly catalogTimeout: number
}

/** Either the settings or every problem found, one line each. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Takes the settings from environment variables; an unset or empty variable means its default. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0])
      return `${name}: ${JSON.stringify(given[name])} is refused: ${issue.message}`
    })
    return { ok: false, problems }
  }
  const { PORT, LOG_LEVEL, CATALOG_URL, CATALOG_TIMEOUT_MS } = parsed.data
  return {
    ok: true,
    config: { port: PORT, logLevel: LOG_LEVEL, catalogUrl: CATALOG_URL, catalogTimeout: CATALOG_TIMEOUT_MS },
  }
}
