/** Matches `host[:port][/prefix]`, as registries take it. */
export const registryPattern = /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/

const form = "Write host, host:port or host/prefix, without https://."

/** What is told of a text that names no registry, with what was probably meant. */
export function noRegistry(found: string): string {
  const bare = found.replace(/^[a-z]+:\/\//i, "").replace(/\/+$/, "")
  if (registryPattern.test(bare)) return `is no registry. Write ${bare}.`
  const small = bare.toLowerCase()
  return registryPattern.test(small)
    ? `has capital letters, which no registry takes. Write ${small}.`
    : `is no registry. ${form}`
}

/** Whether the port of a registry is one, where it has one. */
export function hasPossiblePort(registry: string): boolean {
  const [, port] = /^[^/]*:(\d+)/.exec(registry) ?? []
  return port === undefined || (Number(port) > 0 && Number(port) <= 65535)
}
