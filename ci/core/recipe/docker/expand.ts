/** Values of variables by name; a name with undefined is declared and has none. */
export type DockerVariables = ReadonlyMap<string, string | undefined>

/** Puts the values of variables in a text as a Dockerfile does; undefined where one of them is not known. */
export function expand(text: string, variables: DockerVariables): string | undefined {
  let isKnown = true
  const known = (value: string | undefined): string => {
    if (value === undefined) isKnown = false
    return value ?? ""
  }
  const expanded = text.replace(
    /\\(\$)|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+])((?:[^{}$]|\$\{?\w+\}?)*))?\})/g,
    (_all, escaped?: string, bare?: string, braced?: string, operator?: string, word = "") => {
      if (escaped !== undefined) return escaped
      const value = variables.get(bare ?? braced ?? "")
      const isSet =
        operator?.startsWith(":") === true ? value !== undefined && value !== "" : value !== undefined
      if (operator?.endsWith("-") === true && !isSet) return known(expand(word as string, variables))
      if (operator?.endsWith("+") === true) return isSet ? known(expand(word as string, variables)) : ""
      return known(value)
    },
  )
  return isKnown ? expanded : undefined
}
