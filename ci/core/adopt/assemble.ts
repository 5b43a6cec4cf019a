import type { DockerfileFacts } from "./dockerfile-facts.js"
import { healthIn, type HealthSettings } from "./health-signs.js"
import { portTraits, type PortTraits } from "./ports.js"
import type { Hint, Proposal, Settings, Told } from "./proposal.js"
import type { Source } from "./sources.js"
import { addressVariables } from "./wiring.js"

/** What a language found out by itself. */
export interface Draft extends Pick<Proposal, "language" | "from" | "title" | "blocked" | "covers"> {
  readonly folder: string
  readonly sources: readonly Source[]
  /** The Dockerfile beside it. */
  readonly docker?: DockerfileFacts | undefined
  /** A port that configuration names, which counts before all else. */
  readonly configuredPort?: Told<number> | undefined
  /** The port that its framework takes by default, which counts last. */
  readonly usualPort?: Told<number> | undefined
  readonly health?: Told<HealthSettings> | undefined
  /** What else is known, with where it was found, and what else is not. */
  readonly known?: Settings
  readonly origins?: Proposal["origins"]
  readonly hints?: readonly Hint[]
}

/** Adds to what a language knows what holds for all: port, health, and the variables that name other services. */
export function assemble(draft: Draft): Proposal {
  const { language, from, title, blocked, covers, folder, sources, docker, known, origins, hints } = draft
  const port = portOf(draft, portTraits(sources, folder))
  const health = draft.health ?? healthIn(sources, folder) ?? dockerHealth(docker)
  const variables = known?.variables === undefined ? addressVariables(sources) : []
  return {
    language,
    from,
    ...(title === undefined ? {} : { title }),
    ...(blocked === undefined ? {} : { blocked }),
    ...(covers === undefined ? {} : { covers }),
    settings: {
      ...(port === undefined ? {} : { port: port.value }),
      ...(health === undefined || port === undefined ? {} : { health: health.value }),
      ...known,
    },
    origins: {
      ...(port === undefined ? {} : { port: port.from }),
      ...(health === undefined || port === undefined ? {} : { health: health.from }),
      ...origins,
    },
    hints: [
      ...(port === undefined ? [portHint] : []),
      ...((health === undefined) === (port === undefined) ? [] : [healthHint(health)]),
      ...(hints ?? []),
      ...(variables.length === 0 ? [] : [variablesHint(variables)]),
    ],
  }
}

function portOf(
  { configuredPort, usualPort, docker }: Draft,
  { port, readsVariable }: PortTraits,
): Told<number> | undefined {
  const free = readsVariable
    ? { value: 8080, from: "any will do: the code reads the variable PORT" }
    : undefined
  return configuredPort ?? docker?.port ?? port ?? usualPort ?? free
}

function dockerHealth(docker: DockerfileFacts | undefined): Told<HealthSettings> | undefined {
  if (docker?.health === undefined) return undefined
  return { value: { http: docker.health }, from: `HEALTHCHECK in ${docker.file}` }
}

const portHint: Hint = {
  setting: "port",
  why: "The port that it listens on; leave it out for a service that listens on none.",
  example: { port: 8080 },
  isNeeded: true,
}

function healthHint(found: Told<HealthSettings> | undefined): Hint {
  return {
    setting: "health",
    why:
      found === undefined
        ? "How to see that it works; without it, an open port is enough."
        : `How to see that it works, as ${found.from} shows; it needs a port.`,
    example: { health: found?.value ?? { http: "/health" } },
    isNeeded: false,
  }
}

function variablesHint(names: readonly string[]): Hint {
  return {
    setting: "variables",
    why: "Where it finds what it calls; these are the variables that its code reads.",
    example: { variables: Object.fromEntries(names.map((name) => [name, ""])) },
    isNeeded: false,
  }
}
