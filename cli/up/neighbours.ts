import type { EnvironmentName, ServiceName } from "../../ci/core/ids.js"
import type { ResolvedService } from "../../ci/core/resolve/resolved-service.js"

/** A variable of one service that names another one of the fleet. */
export interface Mention {
  readonly from: ServiceName
  readonly to: string
  readonly variable: string
  /** The port that the variable names, where it names one. */
  readonly port?: number
}

/**
 * Every mention of a fleet's services, and of others that have only names, in the variables of one environment:
 * `http://NAME:PORT`, `NAME:PORT`, `http://NAME`.
 */
export function mentionsIn(
  services: readonly ResolvedService[],
  environment: EnvironmentName,
  others: readonly string[] = [],
): readonly Mention[] {
  const names = new Set<string>([...services.map(({ name }) => name), ...others])
  return services.flatMap(({ name: from, environments }) =>
    Object.entries(environments[environment].variables).flatMap(([variable, value]) =>
      hostsIn(value)
        .filter(({ host }) => host !== from && names.has(host))
        .map(({ host: to, port }) => ({ from, to, variable, ...(port === undefined ? {} : { port }) })),
    ),
  )
}

/** Names of services and of all that these reach by their variables. */
export function neededNames(names: readonly string[], mentions: readonly Mention[]): readonly string[] {
  const needed = new Set(names)
  for (const name of needed) for (const { from, to } of mentions) if (from === name) needed.add(to)
  return [...needed]
}

/** The named services and all that they reach by their variables, in the fleet's order. */
export function withNeeded(
  names: readonly string[],
  services: readonly ResolvedService[],
  mentions: readonly Mention[],
): readonly ResolvedService[] {
  const needed = neededNames(names, mentions)
  return services.filter(({ name }) => needed.includes(name))
}

/**
 * Services in groups, each after the groups that it calls; those that call each other in a circle are in one group,
 * for nobody among them can be first.
 */
export function startOrder(
  services: readonly ResolvedService[],
  mentions: readonly Mention[],
): readonly (readonly ResolvedService[])[] {
  const reached = new Map(
    services.map(({ name }) => [
      name,
      new Set(withNeeded([name], services, mentions).map((each) => each.name)),
    ]),
  )
  const waitsFor = (one: ServiceName, other: ServiceName): boolean =>
    one !== other && reached.get(one)?.has(other) === true && reached.get(other)?.has(one) !== true
  const groups: ResolvedService[][] = []
  let left = services
  while (left.length > 0) {
    const next = left.filter(({ name }) => !left.some((other) => waitsFor(name, other.name)))
    groups.push(next)
    left = left.filter((service) => !next.includes(service))
  }
  return groups
}

/** Mentions of a port on which the named service does not listen, as people should know them. */
export function wrongPorts(
  services: readonly ResolvedService[],
  mentions: readonly Mention[],
): readonly string[] {
  return mentions.flatMap(({ from, to, variable, port }) => {
    const listens = services.find(({ name }) => name === to)?.port
    if (port === undefined || port === listens) return []
    const fact = listens === undefined ? `${to} has no port` : `${to} listens on ${listens}`
    return [`${from}: ${variable} names ${to}:${port}, but ${fact}`]
  })
}

/** The hosts that a text names with a scheme before them or a port behind. */
function hostsIn(text: string): readonly { readonly host: string; readonly port?: number }[] {
  const found = [
    ...text.matchAll(
      /(:\/\/(?:[^/@\s,]*@)?|(?<![\w.:/@-]))([a-z0-9][a-z0-9._-]*)(?::(\d{1,5}))?(?![\w:.-])/g,
    ),
  ]
  return found.flatMap(([, scheme = "", host = "", port]) =>
    scheme === "" && port === undefined
      ? []
      : [{ host, ...(port === undefined ? {} : { port: Number(port) }) }],
  )
}
