import { z } from "zod"
import {
  platformFacts,
  portsAndLabels,
  variablePairs,
  type ImageConfig,
  type ImageConfigRequest,
} from "./image-config.js"

const names = z.record(z.string(), z.unknown()).nullish()

/** The part of an OCI image's config that a container built elsewhere hands down. */
export const inheritedConfig = z.looseObject({
  config: z
    .looseObject({
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      Env: z.array(z.string()).nullish(),
      ExposedPorts: names,
      Labels: z.record(z.string(), z.string()).nullish(),
      StopSignal: z.string().nullish(),
      User: z.string().nullish(),
      Volumes: names,
      WorkingDir: z.string().nullish(),
    })
    .prefault({}),
})

const defaults = { StopSignal: "SIGTERM", User: "65532:65532", WorkingDir: "/" }

/** What a service says itself of its image's config, where all else comes from what was built. */
export function overlaidConfig({
  service,
  environment,
  platform,
}: Pick<ImageConfigRequest, "service" | "environment" | "platform">): ImageConfig {
  const variables = {
    SLIPWAY_ENVIRONMENT: environment,
    ...(service.port === undefined ? {} : { PORT: String(service.port) }),
    ...service.environments[environment].variables,
  }
  return {
    ...platformFacts(platform),
    config: {
      Entrypoint: service.command ?? [],
      Env: variablePairs(variables),
      ...portsAndLabels(service),
      StopSignal: service.docker?.stopSignal ?? "",
      User: service.docker?.user ?? "",
      WorkingDir: "",
    },
  }
}

/**
 * A config under which another one lies: what the service says wins, lists of names are joined. An image whose
 * Dockerfile leaves it to root runs as 65532:65532 all the same.
 */
export function inheritConfig(own: ImageConfig, built: z.output<typeof inheritedConfig>): ImageConfig {
  const { config } = built
  const mine = own.config
  const hasCommand = mine.Entrypoint.length > 0
  const ports = { ...emptied(config.ExposedPorts), ...mine.ExposedPorts }
  const labels = { ...config.Labels, ...mine.Labels }
  const volumes = emptied(config.Volumes)
  const command = hasCommand ? [] : (config.Cmd ?? [])
  return {
    ...own,
    config: {
      Entrypoint: hasCommand ? mine.Entrypoint : (config.Entrypoint ?? []),
      ...(command.length === 0 ? {} : { Cmd: command }),
      Env: variablePairs({ ...variablesOf(config.Env ?? []), ...variablesOf(mine.Env) }),
      ...(Object.keys(ports).length === 0 ? {} : { ExposedPorts: ports }),
      ...(Object.keys(labels).length === 0 ? {} : { Labels: labels }),
      StopSignal: first(mine.StopSignal, config.StopSignal) ?? defaults.StopSignal,
      User: first(mine.User, isRoot(config.User) ? "" : config.User) ?? defaults.User,
      ...(Object.keys(volumes).length === 0 ? {} : { Volumes: volumes }),
      WorkingDir: first(mine.WorkingDir, config.WorkingDir) ?? defaults.WorkingDir,
    },
  }
}

function isRoot(user: string | null | undefined): boolean {
  return /^(0+|root)?(:|$)/.test(user ?? "")
}

function first(...texts: readonly (string | null | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined && text !== null && text !== "") ?? undefined
}

function emptied(
  map: Readonly<Record<string, unknown>> | null | undefined,
): Record<string, Record<string, never>> {
  return Object.fromEntries(Object.keys(map ?? {}).map((name) => [name, {}]))
}

function variablesOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s) as [string, string]))
}
