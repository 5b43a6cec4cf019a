import { canonicalJson } from "../canonical-json.js"
import type { EnvironmentName, Platform } from "../ids.js"
import type { ResolvedService } from "../resolve/resolved-service.js"

/** The OCI image config but for its layers, which are known only when they are made. */
export interface ImageConfig {
  readonly architecture: string
  readonly variant?: string
  readonly os: string
  /** One constant moment: nothing in an image tells when it was made. */
  readonly created: "1970-01-01T00:00:00Z"
  readonly config: {
    readonly Entrypoint: readonly string[]
    readonly Cmd?: readonly string[]
    readonly Env: readonly string[]
    readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>>
    readonly Labels?: Readonly<Record<string, string>>
    readonly StopSignal: string
    readonly User: string
    readonly Volumes?: Readonly<Record<string, Record<string, never>>>
    readonly WorkingDir: string
  }
}

/** What an image config is made from. */
export interface ImageConfigRequest {
  readonly service: ResolvedService
  readonly environment: EnvironmentName
  readonly platform: Platform
  /** What the language runs where the service names no command of its own. */
  readonly entrypoint: readonly string[]
  readonly workingDirectory?: string
  /** The language's own variables, which the service can overrule. */
  readonly variables: Readonly<Record<string, string>>
}

/** The config of a service's image: runs as its user, in /app by default, with its variables sorted by name. */
export function imageConfig(request: ImageConfigRequest): ImageConfig {
  const { service, environment, platform, entrypoint, workingDirectory = "/app" } = request
  const variables = {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    SLIPWAY_ENVIRONMENT: environment,
    ...(service.port === undefined ? {} : { PORT: String(service.port) }),
    ...request.variables,
    ...service.environments[environment].variables,
  }
  return {
    ...platformFacts(platform),
    config: {
      Entrypoint: service.command ?? entrypoint,
      Env: variablePairs(variables),
      ...portsAndLabels(service),
      StopSignal: service.stopSignal,
      User: service.user,
      WorkingDir: workingDirectory,
    },
  }
}

/** What a config says of its platform, and its one constant moment. */
export function platformFacts(platform: Platform): Omit<ImageConfig, "config"> {
  const [os = "", architecture = ""] = platform.split("/")
  return {
    architecture,
    ...(architecture === "arm64" ? { variant: "v8" } : {}),
    os,
    created: "1970-01-01T00:00:00Z",
  }
}

/** The port and the labels that a service's manifest names. */
export function portsAndLabels({
  port,
  labels,
}: ResolvedService): Pick<ImageConfig["config"], "ExposedPorts" | "Labels"> {
  return {
    ...(port === undefined ? {} : { ExposedPorts: { [`${port}/tcp`]: {} } }),
    ...(Object.keys(labels).length === 0 ? {} : { Labels: labels }),
  }
}

/** Variables as a config lists them, in the order of their names. */
export function variablePairs(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
}

/** The config's text in which the image script puts the layers' ids for `"@DIFF_IDS@"`. */
export function configTemplate(config: ImageConfig): string {
  return canonicalJson({ ...config, rootfs: { diff_ids: "@DIFF_IDS@", type: "layers" } })
}
