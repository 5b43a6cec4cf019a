import * as z from "zod"

/** The services behind the gateway, by the names that they have as hosts. */
export const serviceNames = [
  "catalog",
  "orders",
  "pricing",
  "recommendations",
  "notifications",
  "storefront",
] as const
export type ServiceName = (typeof serviceNames)[number]

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(8080),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  SERVICE_TIMEOUT_MS: z.coerce.number().int().min(1).max(60_000).default(3_000),
  CATALOG_URL: serviceUrl("catalog"),
  ORDERS_URL: serviceUrl("orders"),
  PRICING_URL: serviceUrl("pricing"),
  RECOMMENDATIONS_URL: serviceUrl("recommendations"),
  NOTIFICATIONS_URL: serviceUrl("notifications"),
  STOREFRONT_URL: serviceUrl("storefront"),
})

function serviceUrl(name: ServiceName) {
  return z
    .url({ protocol: /^https?$/, error: "is no http or https address" })
    .transform((url) => url.replace(/\/+$/, ""))
    .default(`http://${name}:8080`)
}

/** What the gateway can be told from outside. */
export interface Config {
  readonly port: number
  readonly logLevel: z.infer<typeof schema>["LOG_LEVEL"]
  /** Milliseconds that a service has for a whole answer, body included. */
  readonly timeout: number
  /** Where each service answers, without a slash at the end; a path in it is kept as a prefix. */
  readonly urls: Readonly<Record<ServiceName, string>>
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
  const { data } = parsed
  return {
    ok: true,
    config: {
      port: data.PORT,
      logLevel: data.LOG_LEVEL,
      timeout: data.SERVICE_TIMEOUT_MS,
      urls: {
        catalog: data.CATALOG_URL,
        orders: data.ORDERS_URL,
        pricing: data.PRICING_URL,
        recommendations: data.RECOMMENDATIONS_URL,
        notifications: data.NOTIFICATIONS_URL,
        storefront: data.STOREFRONT_URL,
      },
    },
  }
}
